//! The shared suite, on the stores that tests use, and the names of the keys.

use supabase_session::{MemoryStore, StoreKey, store_suite};

use crate::fake::{OpenStore, project};

#[tokio::test]
async fn both_stores_pass_the_suite() {
    store_suite::run(async || MemoryStore::new()).await;
    store_suite::run(async || OpenStore::default()).await;
}

#[test]
fn keys_are_named_as_supabase_js_names_them() {
    assert_eq!(StoreKey::session(&project()).as_str(), "sb-abcd-auth-token");
    assert_eq!(StoreKey::flows(&project()).as_str(), "sb-abcd-auth-token-code-verifier");
    let id = "aaaaaaaaaaaaaaaaaaaaaa".parse().unwrap();
    assert_eq!(
        StoreKey::flow(&project(), &id).as_str(),
        "sb-abcd-auth-token-code-verifier-aaaaaaaaaaaaaaaaaaaaaa"
    );
}
