//! What becomes of each way in when something else opens the link of the mail first: a scanner that looks at mails, a
//! phone, a preview. Against `supabase-local` itself; each way ends with somebody signed in here.

// A test that cannot be set up panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use axum::http::Method;
use serde_json::{Value, json};
use supabase_local::Config;
use supabase_local::testing::TestServer;
use supabase_session::{
    CallbackError, Client, Completed, EmailChange, FlowKind, MemoryStore, OtpError, ResendError, Secret,
    SessionStore, SignUp, SignUpOutcome, Transport,
};

const EMAIL: &str = "ada@example.com";
const NEW: &str = "lovelace@example.com";
const PASSWORD: &str = "correct-horse-staple";
const CALLBACK: &str = "app.foyer.desktop://auth/callback";

/// A project that sends a mail as often as it is asked to, and a client of it.
struct World {
    server: Arc<TestServer>,
    client: Client,
}

impl World {
    async fn new() -> Self {
        let config = Config {
            mail_max_frequency_s: 0,
            autoconfirm: false,
            redirect_allow_list: vec![format!("{CALLBACK}*")],
            ..Config::built_in().unwrap()
        };
        let server = Arc::new(TestServer::start(config).await.unwrap());
        let client =
            Client::builder(server.project().unwrap(), Arc::new(MemoryStore::new()) as Arc<dyn SessionStore>)
                .redirect_to(CALLBACK.parse().unwrap())
                .transport(Arc::clone(&server) as Arc<dyn Transport>)
                .build();
        client.restore().await;
        Self { server, client }
    }

    /// Opens a link as a browser does, or a machine; answers where the link leads.
    async fn open(&self, link: &str) -> String {
        self.server.open(link).await.unwrap()
    }

    /// The mails to an address, the newest first.
    async fn mails(&self, to: &str) -> Vec<Value> {
        self.server.mails(to).await.unwrap()
    }

    /// The link of the newest of so many mails to an address.
    async fn link(&self, to: &str, count: usize) -> String {
        let mails = self.mails(to).await;
        assert_eq!(mails.len(), count, "mails to {to}");
        mails[0]["link"].as_str().unwrap().to_owned()
    }

    async fn sign_up(&self) -> supabase_session::PendingFlow {
        let wish = SignUp { email: EMAIL.to_owned(), password: PASSWORD.into(), data: Default::default() };
        match self.client.sign_up(wish).await.unwrap() {
            SignUpOutcome::ConfirmationSent(flow) => flow,
            other => panic!("{other:?}"),
        }
    }

    /// Somebody with a confirmed account, signed in here.
    async fn signed_in(&self) {
        self.sign_up().await;
        let back = self.open(&self.link(EMAIL, 1).await).await;
        assert!(matches!(self.client.complete(&back).await, Ok(Completed::SignedIn(_))));
    }

    /// A machine opens the link; then the person does, and is told that it is spent.
    async fn opened_by_a_machine_first(&self, link: &str) {
        self.open(link).await;
        let back = self.open(link).await;
        assert!(back.contains("otp_expired"), "{back}");
        assert_eq!(self.client.complete(&back).await, Err(CallbackError::Spent));
        assert_eq!(self.client.pending().len(), 1, "the flow waits on");
    }

    /// The newest of so many mails signs in.
    async fn newest_link_works(&self, to: &str, count: usize) -> Completed {
        let back = self.open(&self.link(to, count).await).await;
        let completed = self.client.complete(&back).await.unwrap();
        assert!(self.client.pending().is_empty());
        completed
    }
}

#[tokio::test]
async fn a_sign_up_is_followed_by_a_link_that_signs_in() {
    let world = World::new().await;
    let flow = world.sign_up().await;
    world.opened_by_a_machine_first(&world.link(EMAIL, 1).await).await;

    let again = world.client.resend(&flow.id).await.unwrap();

    assert_eq!(again.kind, FlowKind::MagicLink);
    assert!(matches!(world.newest_link_works(EMAIL, 2).await, Completed::SignedIn(_)));
    world.server.close().await.unwrap();
}

#[tokio::test]
async fn a_sign_up_whose_code_is_tried_instead_is_followed_by_a_link_too_and_the_password_works() {
    let world = World::new().await;
    let flow = world.sign_up().await;
    let mail = world.mails(EMAIL).await.remove(0);
    // On a phone: the app hears nothing of it.
    world.open(mail["link"].as_str().unwrap()).await;
    let code = Secret::from(mail["code"].as_str().unwrap());
    assert_eq!(world.client.verify_code(&flow.id, code).await, Err(OtpError::Wrong));

    world.client.resend(&flow.id).await.unwrap();

    assert!(matches!(world.newest_link_works(EMAIL, 2).await, Completed::SignedIn(_)));
    world.client.sign_out().await;
    world.client.sign_in_with_password(EMAIL, PASSWORD.into()).await.unwrap();
    world.server.close().await.unwrap();
}

#[tokio::test]
async fn a_sign_up_whose_mail_is_merely_too_old_gets_the_mail_that_confirms() {
    let world = World::new().await;
    let flow = world.sign_up().await;
    let old = world.link(EMAIL, 1).await;
    world.client.resend(&flow.id).await.unwrap();
    // The older of two mails.
    let back = world.open(&old).await;
    assert_eq!(world.client.complete(&back).await, Err(CallbackError::Spent));

    world.client.resend(&flow.id).await.unwrap();

    assert!(matches!(world.newest_link_works(EMAIL, 3).await, Completed::SignedIn(_)));
    world.client.sign_out().await;
    world.client.sign_in_with_password(EMAIL, PASSWORD.into()).await.unwrap();
    world.server.close().await.unwrap();
}

#[tokio::test]
async fn a_link_that_signs_in_and_one_to_a_new_password_are_sent_again() {
    let world = World::new().await;
    world.signed_in().await;
    world.client.sign_out().await;
    let mut count = 1;
    for recovers in [false, true] {
        let flow = if recovers {
            world.client.send_recovery(EMAIL).await.unwrap()
        } else {
            world.client.send_magic_link(EMAIL, true).await.unwrap()
        };
        world.opened_by_a_machine_first(&world.link(EMAIL, count + 1).await).await;

        world.client.resend(&flow.id).await.unwrap();

        count += 2;
        let completed = world.newest_link_works(EMAIL, count).await;
        assert_eq!(matches!(completed, Completed::Recovery(_)), recovers);
        world.client.sign_out().await;
    }
    world.server.close().await.unwrap();
}

/// Somebody is signed in and asks for a new address, which both mailboxes have to confirm.
async fn changing() -> (World, supabase_session::PendingFlow) {
    let world = World::new().await;
    world.signed_in().await;
    match world.client.change_email(NEW).await.unwrap() {
        EmailChange::ConfirmationSent(flow) => (world, flow),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_new_address_that_a_machine_has_confirmed_is_the_persons_and_no_mail_is_promised() {
    let (world, flow) = changing().await;
    world.open(&world.link(EMAIL, 2).await).await;
    world.opened_by_a_machine_first(&world.link(NEW, 1).await).await;

    assert_eq!(world.client.resend(&flow.id).await, Err(ResendError::Confirmed));

    assert!(world.client.pending().is_empty());
    assert_eq!(world.client.state().signed_in().unwrap().user.email.as_deref(), Some(NEW));
    assert_eq!(world.mails(NEW).await.len(), 1);
    world.server.close().await.unwrap();
}

#[tokio::test]
async fn a_new_address_of_which_a_machine_has_confirmed_one_half_waits_for_the_other() {
    let (world, flow) = changing().await;
    world.opened_by_a_machine_first(&world.link(NEW, 1).await).await;

    let back = world.open(&world.link(EMAIL, 2).await).await;
    assert!(matches!(world.client.complete(&back).await, Ok(Completed::EmailChanged(_))), "{flow:?}");

    assert_eq!(world.client.state().signed_in().unwrap().user.email.as_deref(), Some(NEW));
    world.server.close().await.unwrap();
}

#[tokio::test]
async fn an_invitation_is_followed_by_a_link_that_is_asked_for_here() {
    let world = World::new().await;
    let invite = format!("/auth/v1/invite?redirect_to={CALLBACK}");
    world.server.call_as_owner(Method::POST, &invite, &json!({ "email": EMAIL })).await.unwrap();
    let link = world.link(EMAIL, 1).await;
    world.open(&link).await;
    // Nobody here began it, so it says nothing of what it was for.
    assert_eq!(world.client.complete(&world.open(&link).await).await, Err(CallbackError::Unknown));

    world.client.send_magic_link(EMAIL, false).await.unwrap();

    assert!(matches!(world.newest_link_works(EMAIL, 2).await, Completed::SignedIn(_)));
    world.server.close().await.unwrap();
}
