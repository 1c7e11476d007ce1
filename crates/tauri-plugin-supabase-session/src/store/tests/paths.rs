//! Folders as persons have them: names in any script, and paths that are longer than Windows' old limit of 260 characters.

use super::*;

#[tokio::test]
async fn a_long_path_in_any_script_holds_a_store_like_any_other() {
    let fixture = Fixture::new();
    let names = ["Zoë Müller", "Ωμέγα", "雪だるま", "مساء الخير", "🦀 & Söhne (100%)"];
    let mut folder = fixture.folder.path().to_owned();
    while folder.as_os_str().len() < 600 {
        folder.extend(names);
    }
    fs::create_dir_all(&folder).unwrap();
    let open = || {
        let keychain = Arc::clone(&fixture.keychain) as Arc<dyn KeyHolder>;
        PluginStore::with_keychain(fixture.app.handle().clone(), &folder, Some(Protection::KeyFile), keychain)
    };

    open().set(&key(), &secret("first")).await.unwrap();
    open().set(&key(), &secret("second")).await.unwrap();

    assert_eq!(open().get(&key()).await.unwrap().unwrap().expose(), "second");
    assert!(open().lock().await.unwrap().guards());
    open().remove(&key()).await.unwrap();
    assert!(open().get(&key()).await.unwrap().is_none());
}
