//! A transport that keeps each answer small and soon, and notes what the server's clock shows.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use parking_lot::Mutex;
use supabase_session::{Clock, Request, Response, Transport, TransportError, timestamp};
use time::OffsetDateTime;

/// Longest time until one answer is there, whole.
pub(crate) const ANSWER_DEADLINE: Duration = Duration::from_secs(8);

/// Largest answer in bytes. Those of a Supabase to these questions have a few KiB.
const ANSWER_LIMIT: usize = 256 << 10;

/// The transport, around the one that sends.
pub(crate) struct Observed {
    inner: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    offset: Mutex<Option<Offset>>,
}

/// How far this machine's clock is ahead of the server's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Offset {
    seconds: i64,
    /// How long the answer took: the truth is within this and the second that HTTP dates are rounded to.
    uncertainty: Duration,
}

impl Observed {
    pub(crate) fn new(inner: Arc<dyn Transport>, clock: Arc<dyn Clock>) -> Self {
        Self { inner, clock, offset: Mutex::default() }
    }

    /// By how many seconds this machine's clock is ahead of the server's (negative: behind), by the fastest answer that
    /// told the server's time.
    pub(crate) fn clock_offset(&self) -> Option<i64> {
        self.offset.lock().map(|offset| offset.seconds)
    }

    fn note(&self, offset: Offset) {
        let mut best = self.offset.lock();
        if best.is_none_or(|best| offset.uncertainty < best.uncertainty) {
            *best = Some(offset);
        }
    }
}

#[async_trait]
impl Transport for Observed {
    async fn send(&self, mut request: Request) -> Result<Response, TransportError> {
        request.deadline = request.deadline.min(ANSWER_DEADLINE);
        request.limit = request.limit.min(ANSWER_LIMIT);
        let begun = self.clock.monotonic();
        let response = self.inner.send(request).await?;
        let took = self.clock.monotonic().saturating_sub(begun);
        if let Some(server) = response.header("date").and_then(timestamp::parse_http_date) {
            let here = OffsetDateTime::from(self.clock.now()) - took / 2;
            // A date is cut off to its second, so that on average half a second is missing.
            let ahead = here - (server + Duration::from_millis(500));
            let seconds = ahead.as_seconds_f64().round();
            // An offset of centuries is still an offset.
            self.note(Offset { seconds: seconds as i64, uncertainty: took });
        }
        Ok(response)
    }
}
