//! A test as a stranger writes it: the client, and the local server in the test's own process.

use std::sync::Arc;

use supabase_local::Config;
use supabase_local::testing::TestServer;
use supabase_session::{Client, MemoryStore, Secret};

#[tokio::test]
async fn a_client_meets_the_server() -> Result<(), Box<dyn std::error::Error>> {
    let server = Arc::new(TestServer::start(Config { autoconfirm: true, ..Config::built_in()? }).await?);
    let client = Client::builder(server.project()?, Arc::new(MemoryStore::new()))
        .transport(Arc::clone(&server) as _)
        .build();
    client.restore().await;

    let wrong = client.sign_in_with_password("ada@example.com", Secret::from("wrong horse")).await;

    assert!(wrong.is_err());
    Ok(())
}
