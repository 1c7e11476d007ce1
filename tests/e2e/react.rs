//! The example in React: supabase-js's own calls in a page that sees no token, with the session in the backend.

use harness::contract::brand::SCHEME;
use harness::contract::variable;
use harness::deadline::until;
use harness::recorder::Crossed;
use harness::steps::parameter;
use harness::{App, Canaries, Desktop, Fault, Outcome, Server};
use serde_json::{Value, json};

const EMAIL: &str = "grace@example.com";
const IDENTIFIER: &str = "app.foyer.example";

/// Lets the links of the example back in beside the app's.
fn with_scheme(config: String) -> String {
    config.replace(&format!("[\"{SCHEME}:"), &format!("[\"app.foyer.example://auth/callback*\", \"{SCHEME}:"))
}

async fn desktop(server: &Server) -> Outcome<Desktop> {
    let mut desktop = Desktop::new().await?;
    desktop.set("SUPABASE_URL", &server.url);
    desktop.set("SUPABASE_PUBLISHABLE_KEY", &server.anon_key);
    // Where the example's own data lies, for who looks into it.
    let data = desktop.path("data").join(IDENTIFIER);
    desktop.set(variable!("DATA_DIR"), &data.to_string_lossy());
    Ok(desktop)
}

async fn start(desktop: &Desktop) -> Outcome<App> {
    App::start_example(desktop, "foyer-example-react", IDENTIFIER).await
}

/// Opens the mail's link as a browser does, and the link that it leads to as the desktop does.
async fn follow(server: &Server, desktop: &Desktop, canaries: &mut Canaries) -> Outcome {
    let mail = server.mail_to(EMAIL).await?;
    let link = server.follow(&mail.link).await?;
    assert!(link.starts_with("app.foyer.example://auth/callback?"), "the browser was sent to {link}");
    canaries.add("token of the mail", parameter(&mail.link, "token"))?;
    canaries.add("auth code", parameter(&link, "code"))?;
    canaries.add("nonce of the flow", parameter(&link, "flow"))?;
    desktop.registered_for(IDENTIFIER).await?;
    let status = desktop.open(&link).await?;
    if status.success() { Ok(()) } else { Err(Fault::new(format!("the link was not opened: {status}"))) }
}

/// Chooses a picture as a person would whose dialog cannot be driven: the page sees a file and a change.
async fn choose_picture(app: &App) -> Outcome {
    let script = "const done = arguments[0];
        const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
        canvas.getContext('2d').fillRect(0, 0, 60, 40);
        canvas.toBlob((blob) => {
            const input = document.querySelector('[data-testid=\"choose-picture\"]');
            const files = new DataTransfer();
            files.items.add(new File([blob], 'me.png', { type: 'image/png' }));
            input.files = files.files;
            input.dispatchEvent(new Event('change', { bubbles: true }));
            done(true);
        }, 'image/png');";
    app.run_async(script, vec![]).await.map(drop)
}

/// Waits until the picture is drawn.
async fn picture(app: &App) -> Outcome {
    let script = "const picture = document.querySelector('[data-testid=\"picture\"]');
        return picture && picture.complete ? [picture.naturalWidth, picture.naturalHeight] : null;";
    until("the picture", async || {
        Ok(Some(app.run(script, vec![]).await?).filter(|size| *size == json!([60, 40])))
    })
    .await
    .map(drop)
}

/// Looks wherever a script of the page could.
async fn scan(canaries: &Canaries, desktop: &Desktop, app: &App) -> Outcome {
    canaries.not_in_page(app, &[]).await?;
    canaries.not_in("what the page keeps", &kept(app).await?);
    canaries.not_in("the app's output", &desktop.printed()?);
    Ok(())
}

/// The page's databases, caches and stores.
async fn kept(app: &App) -> Outcome<String> {
    let script = "const done = arguments[0];
        const wait = (request) => new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });
        const rows = async ({ name }) => {
            const database = await wait(indexedDB.open(name));
            const stores = [...database.objectStoreNames];
            return Promise.all(stores.map((store) => wait(database.transaction(store).objectStore(store).getAll())));
        };
        (async () => {
            const databases = await Promise.all((await indexedDB.databases()).map(rows));
            const caches_ = 'caches' in window ? await caches.keys() : [];
            done(JSON.stringify([databases, caches_, { ...localStorage }, { ...sessionStorage }, document.cookie]));
        })().catch((error) => done('failed: ' + error));";
    let kept = app.run_async(script, vec![]).await?;
    let kept = kept.as_str().filter(|text| text.starts_with('[')).map(str::to_owned);
    kept.ok_or_else(|| Fault::new("what the page keeps cannot be read"))
}

#[tokio::test]
async fn the_tutorials_account_page_works_with_supabase_js_and_no_token_in_the_page() -> Outcome {
    let server = Server::start_with(with_scheme).await?;
    let desktop = desktop(&server).await?;
    let mut canaries = Canaries::default();
    let app = start(&desktop).await?;

    app.type_into("email", EMAIL).await?;
    app.click("submit").await?;
    app.wait_text("message", |text| text.contains("Check your email")).await?;
    canaries.add_stored(&desktop, &["verifier"])?;
    follow(&server, &desktop, &mut canaries).await?;
    app.wait_text("address", |text| text == EMAIL).await?;
    canaries.add_stored(&desktop, &["access_token", "refresh_token"])?;

    app.type_into("username", "grace").await?;
    app.type_into("website", "https://grace.example").await?;
    app.click("save").await?;
    app.wait_text("message", |text| text == "Saved").await?;
    choose_picture(&app).await?;
    picture(&app).await?;
    let row = server.sql("select username, website, avatar_url from public.profiles").await?;
    assert_eq!(row[0]["username"], "grace");
    assert_eq!(row[0]["website"], "https://grace.example");
    let path = row[0]["avatar_url"].as_str().unwrap_or_default();
    assert!(!server.object(path).await?.is_empty(), "the picture is stored at {path}");
    let heard = app.crossed().await?;
    let is_heard =
        |what: &str| heard.iter().any(|one| matches!(one, Crossed::Out(text) if text.contains(what)));
    assert!(is_heard("/rest/v1/profiles") && is_heard("/storage/v1/object/avatars"), "the line is heard");
    assert!(heard.iter().any(|one| matches!(one, Crossed::In(text) if text.contains(EMAIL))), "both ways");
    scan(&canaries, &desktop, &app).await?;

    app.kill_9().await?;
    let app = start(&desktop).await?;
    app.wait_value("username", "grace").await?;
    picture(&app).await?;
    scan(&canaries, &desktop, &app).await?;

    app.click("sign-out").await?;
    app.wait_for("sign-in-page").await?;
    scan(&canaries, &desktop, &app).await?;
    let kept = desktop.secrets()?;
    assert!(
        kept.iter().all(|(name, _)| !name.contains("token")),
        "signed out, the store holds {} secrets",
        kept.len()
    );
    Ok(())
}

#[tokio::test]
async fn a_script_in_the_page_gets_no_token_by_asking_for_it() -> Outcome {
    let server = Server::start_with(with_scheme).await?;
    let desktop = desktop(&server).await?;
    let app = start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let asked = |path: &str| json!({ "method": "GET", "url": format!("{}{path}", server.url) });

    for path in
        ["/auth/v1/user", "/rest/v1/../../auth/v1/user", "/rest/v1/%2e%2e/%2e%2e/inbox/api", "/inbox/api"]
    {
        let error = fetch(&app, asked(path)).await?;
        assert_eq!(error["code"], "forbidden", "{path}: {error}");
    }
    let elsewhere = fetch(&app, json!({ "method": "GET", "url": "https://example.com/rest/v1/t" })).await?;
    assert_eq!(elsewhere["code"], "forbidden", "{elsewhere}");
    for command in
        ["plugin:store|load", "plugin:deep-link|get_current", "plugin:supabase-session|update_user_password"]
    {
        let request = json!({ "path": "session.json", "options": {}, "request": { "password": "x" } });
        let answer = app.invoke(command, request).await?;
        assert!(answer["error"].as_str().unwrap_or_default().contains("not allowed"), "{command}: {answer}");
    }
    Ok(())
}

/// What the command says to a request of the page's own making: an answer, or the error.
async fn fetch(app: &App, request: Value) -> Outcome<Value> {
    let script = "const [head, done] = arguments;
        const text = new TextEncoder().encode(JSON.stringify({ id: 'x', headers: [], has_body: false, ...head }));
        const message = new Uint8Array(4 + text.length);
        new DataView(message.buffer).setUint32(0, text.length);
        message.set(text, 4);
        window.__TAURI_INTERNALS__.invoke('plugin:supabase-session|fetch', message)
            .then((answer) => done({ answered: answer.byteLength }), done);";
    app.run_async(script, vec![request]).await
}

/// Puts a session where supabase-js keeps one, as it does, and loads the page anew.
async fn keep_in_page(app: &App, session: &Value) -> Outcome {
    let script = "localStorage.setItem('sb-127-auth-token', JSON.stringify(arguments[0]));
        localStorage.setItem('sb-127-auth-token-code-verifier', JSON.stringify('of a flow'));
        localStorage.setItem('theme', 'dark');
        location.reload();";
    app.run(script, vec![session.clone()]).await.map(drop)
}

/// The names of what the page keeps.
async fn kept_names(app: &App) -> Outcome<Value> {
    app.run("return Object.keys(localStorage).sort();", vec![]).await
}

#[tokio::test]
async fn a_session_that_supabase_js_has_kept_in_the_page_goes_on_in_the_backend_and_leaves_the_page()
-> Outcome {
    let server = Server::start_with(with_scheme).await?;
    let person = server.person(EMAIL, "correct horse battery").await?;
    let desktop = desktop(&server).await?;
    let app = start(&desktop).await?;
    app.wait_for("sign-in-page").await?;

    keep_in_page(&app, &json!({ "access_token": "e30.e30.e30", "refresh_token": "of nobody" })).await?;
    until("the refusal", async || {
        let refused = server.requests()?.iter().any(|request| request == "POST /auth/v1/token 400");
        Ok(refused.then_some(()))
    })
    .await?;
    app.wait_for("sign-in-page").await?;
    let all = json!(["sb-127-auth-token", "sb-127-auth-token-code-verifier", "theme"]);
    assert_eq!(kept_names(&app).await?, all, "a copy that is refused stays");

    keep_in_page(&app, &person.session).await?;
    app.wait_text("address", |text| text == EMAIL).await?;
    until("the copy's end", async || {
        Ok(Some(kept_names(&app).await?).filter(|names| *names == json!(["theme"])))
    })
    .await?;
    let mut canaries = Canaries::default();
    canaries.add_stored(&desktop, &["access_token", "refresh_token"])?;
    canaries.not_in("what the page keeps", &kept(&app).await?);

    app.kill_9().await?;
    let app = start(&desktop).await?;
    app.wait_text("address", |text| text == EMAIL).await?;
    scan(&canaries, &desktop, &app).await
}
