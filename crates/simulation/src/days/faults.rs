//! The modes of the network, and what becomes of a request in each.

use std::time::Duration;

use serde_json::json;
use supabase_session::Response;

use crate::seed::Rng;

/// How the network is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NetworkMode {
    /// No fault, but an answer comes late now and then.
    Good,
    /// Nothing goes through, at once.
    Offline,
    /// Nothing comes back.
    Hanging,
    /// Answers get lost.
    Lossy,
    /// The server is in trouble.
    Trouble,
    /// A captive portal answers.
    CaptivePortal,
    /// The server asks to wait.
    RateLimited,
    /// Each of these faults, in turn.
    Mixed,
}

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delivery {
    /// The request is answered.
    Answered,
    /// The request reaches the server later.
    HeldBefore,
    /// The answer comes later.
    HeldAfter,
    /// No connection.
    Refused,
    /// No answer ever comes; the server may have got the request.
    Swallowed { acted: bool },
    /// The server acts, the answer is lost.
    AnswerLost,
    /// The server acts, and half of its answer comes.
    Cut,
    /// The server, or what stands before it, answers with this status.
    Fails(u16),
    /// The client is asked to wait, for so many seconds if the answer says how many.
    AskedToWait(Option<u16>),
    /// Something else answers, with a page.
    Page(u16),
}

impl NetworkMode {
    /// What comes next.
    pub(super) fn next(rng: &mut Rng) -> Self {
        rng.weighted(&[
            (10, Self::Good),
            (3, Self::Offline),
            (2, Self::Hanging),
            (3, Self::Lossy),
            (2, Self::Trouble),
            (2, Self::CaptivePortal),
            (2, Self::RateLimited),
            (3, Self::Mixed),
        ])
    }

    /// What becomes of a request in it.
    pub(super) fn delivery(self, rng: &mut Rng) -> Delivery {
        let fails = Delivery::Fails(*rng.pick(&[408, 425, 500, 502, 503, 504, 520, 544]));
        let page = Delivery::Page(*rng.pick(&[200, 302, 403, 404, 511]));
        let wait = Delivery::AskedToWait(*rng.pick(&[None, Some(0), Some(5), Some(120), Some(1800)]));
        let swallowed = Delivery::Swallowed { acted: rng.chance(50) };
        match self {
            Self::Good => {
                rng.weighted(&[(94, Delivery::Answered), (3, Delivery::HeldBefore), (3, Delivery::HeldAfter)])
            }
            Self::Offline => Delivery::Refused,
            Self::Hanging => swallowed,
            Self::Lossy => rng.weighted(&[
                (4, Delivery::Answered),
                (3, Delivery::AnswerLost),
                (1, Delivery::Cut),
                (1, Delivery::Refused),
                (1, swallowed),
            ]),
            Self::Trouble => rng.weighted(&[(8, fails), (2, Delivery::Answered), (1, Delivery::Cut)]),
            Self::CaptivePortal => page,
            Self::RateLimited => wait,
            Self::Mixed => rng.weighted(&[
                (3, Delivery::Answered),
                (2, Delivery::HeldBefore),
                (2, Delivery::HeldAfter),
                (1, Delivery::Refused),
                (1, swallowed),
                (2, Delivery::AnswerLost),
                (1, Delivery::Cut),
                (1, fails),
                (1, wait),
                (1, page),
            ]),
        }
    }
}

impl Delivery {
    /// The answer that does not come from the server, if this is one.
    pub(super) fn answer(self) -> Option<Response> {
        let headers = |name: &str, value: String| vec![(name.to_owned(), value)];
        match self {
            Self::Fails(status) => {
                let body = json!({ "message": "upstream connect error" }).to_string().into();
                Some(Response { status, headers: Vec::new(), body })
            }
            Self::AskedToWait(seconds) => {
                let headers = seconds.map_or_else(Vec::new, |wait| headers("retry-after", wait.to_string()));
                let body = json!({ "code": "over_request_rate_limit", "message": "slow down" });
                Some(Response { status: 429, headers, body: body.to_string().into() })
            }
            Self::Page(status) => {
                let page = "<!doctype html><html><body>Please accept our terms</body></html>";
                let headers = headers("content-type", "text/html".to_owned());
                Some(Response { status, headers, body: page.into() })
            }
            _ => None,
        }
    }
}

/// `1d 02:03:04`, for people.
pub(super) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    format!("{days}d {:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60)
}
