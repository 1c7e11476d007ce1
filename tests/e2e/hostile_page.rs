//! What a script can do that got into the page: nothing leaves for another server, the page stays where it is, no other
//! window opens, and the backend answers nobody but the page's own calls.

use harness::{App, Desktop, Outcome, Server, Stranger};
use serde_json::{Value, json};

/// Everything by which a page asks another server for something, or goes there. Each attempt is waited for until the
/// webview has refused it, or a second where it says nothing. Answers what each came to.
const ATTEMPTS: &str = r"
    const [origin, done] = arguments;
    const to = (name) => origin + '/' + name;
    const second = () => new Promise((resolve) => setTimeout(() => resolve('nothing'), 1000));
    const element = (tag, fields, parent) => new Promise((resolve) => {
        const made = document.createElement(tag);
        made.onload = () => resolve('loaded'); made.onerror = () => resolve('refused');
        for (const [name, value] of Object.entries(fields)) made.setAttribute(name, value);
        (parent || document.body).appendChild(made);
        if (made.play) made.play().catch(() => resolve('refused'));
    });
    const clicked = (fields) => {
        const link = document.createElement('a');
        for (const [name, value] of Object.entries(fields)) link.setAttribute(name, value);
        link.textContent = 'link';
        document.body.appendChild(link);
        link.click();
        for (const init of [{ button: 1 }, { ctrlKey: true }, { shiftKey: true }])
            link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }));
    };
    const submitted = (method, target) => {
        const form = document.createElement('form');
        Object.assign(form, { method, action: to('form'), target });
        document.body.appendChild(form);
        form.submit();
    };
    const opened = (made, ready) => new Promise((resolve) => {
        made.onerror = () => resolve('refused'); made[ready] = () => resolve('open');
    });
    const attempts = {
        fetch: () => fetch(to('fetch')).then((answer) => answer.text()),
        fetchNoCors: () => fetch(to('no-cors'), { mode: 'no-cors', method: 'POST', body: 'x' }).then(() => 'sent'),
        xhr: () => new Promise((resolve) => {
            const request = new XMLHttpRequest();
            request.onload = () => resolve('loaded'); request.onerror = () => resolve('refused');
            request.open('GET', to('xhr')); request.send();
        }),
        beacon: () => { navigator.sendBeacon(to('beacon'), 'x'); return second(); },
        socket: () => opened(new WebSocket(to('socket').replace('http', 'ws')), 'onopen'),
        events: () => opened(new EventSource(to('events')), 'onopen'),
        image: () => element('img', { src: to('image') }),
        script: () => element('script', { src: to('script') }),
        inlineScript: () => { element('script', {}).catch(() => 0); const made = document.createElement('script');
            made.textContent = 'window.__ran = 1'; document.body.appendChild(made); return window.__ran || 'refused'; },
        evaluated: () => window.eval('1'),
        madeFunction: () => new Function('return 1')(),
        handler: () => { const made = document.createElement('p'); made.setAttribute('onclick', 'window.__ran = 2');
            document.body.appendChild(made); made.click(); return window.__ran || 'refused'; },
        style: () => element('link', { rel: 'stylesheet', href: to('style') }, document.head),
        imported: () => { element('style', {}); const made = document.createElement('style');
            made.textContent = '@import url(' + to('import') + ')'; document.head.appendChild(made); return second(); },
        background: () => { document.body.style.backgroundImage = 'url(' + to('background') + ')'; return second(); },
        font: () => new FontFace('stranger', 'url(' + to('font') + ')').load().then(() => 'loaded'),
        prefetch: () => element('link', { rel: 'prefetch', href: to('prefetch') }, document.head),
        preload: () => element('link', { rel: 'preload', as: 'image', href: to('preload') }, document.head),
        preconnect: () => element('link', { rel: 'preconnect', href: origin }, document.head),
        icon: () => element('link', { rel: 'icon', href: to('icon') }, document.head),
        manifest: () => element('link', { rel: 'manifest', href: to('manifest') }, document.head),
        frame: () => element('iframe', { src: to('frame') }),
        frameOfData: () => element('iframe', { src: 'data:text/html,<img src=' + to('data') + '>' }),
        frameOfText: () => element('iframe', { srcdoc: '<img src=' + to('srcdoc') + '><script>parent.__ran = 3</script>' }),
        frameOfScript: () => element('iframe', { src: 'javascript:parent.__ran = 4' }),
        object: () => element('object', { data: to('object') }),
        embed: () => element('embed', { src: to('embed') }),
        video: () => element('video', { src: to('video') }),
        audio: () => element('audio', { src: to('audio') }),
        worker: () => opened(new Worker(to('worker')), 'onmessage'),
        workerOfBlob: () => opened(new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))), 'onmessage'),
        serviceWorker: () => navigator.serviceWorker.register(to('service')).then(() => 'registered'),
        base: () => { element('base', { href: origin }, document.head); return document.baseURI.startsWith(origin) ? 'moved' : 'refused'; },
        refresh: () => element('meta', { 'http-equiv': 'refresh', content: '0; url=' + to('refresh') }, document.head),
        window: () => window.open(to('window')) ? 'opened' : 'refused',
        windowOfNothing: () => window.open('', '_blank', 'popup') ? 'opened' : 'refused',
        windowHere: () => { window.open(to('here'), '_self'); return second(); },
        link: () => { clicked({ href: to('link') }); return second(); },
        linkToTab: () => { clicked({ href: to('tab'), target: '_blank' }); return second(); },
        linkWithPing: () => { clicked({ href: '#x', ping: to('ping') }); return second(); },
        download: () => { clicked({ href: 'data:text/plain,stranger', download: 'stranger.txt' }); return second(); },
        downloadFromThere: () => { clicked({ href: to('download'), download: 'stranger.txt' }); return second(); },
        formGet: () => { submitted('get', ''); return second(); },
        formPost: () => { submitted('post', '_blank'); return second(); },
        assign: () => { location.assign(to('assign')); return second(); },
        replace: () => { location.replace(to('replace')); return second(); },
        href: () => { location.href = to('href'); return second(); },
        data: () => { location.href = 'data:text/html,stranger'; return second(); },
        blob: () => { location.href = URL.createObjectURL(new Blob(['stranger'], { type: 'text/html' })); return second(); },
        file: () => { location.href = 'file:///etc/passwd'; return second(); },
        otherHost: () => { location.href = 'tauri://stranger/index.html'; return second(); },
        picture: () => { location.href = 'avatar://localhost/current/1'; return second(); },
    };
    const all = Object.entries(attempts).map(async ([name, attempt]) => {
        try { return [name, String(await Promise.race([attempt(), second()]))]; }
        catch (error) { return [name, 'refused']; }
    });
    Promise.all(all).then((outcomes) => done(Object.fromEntries(outcomes)));
";

/// The attempts that would run a script, read an answer or open a window. The others are told by what the stranger hears.
const RUNS_NOTHING: [&str; 12] = [
    "fetch",
    "xhr",
    "inlineScript",
    "evaluated",
    "madeFunction",
    "handler",
    "base",
    "window",
    "windowOfNothing",
    "worker",
    "workerOfBlob",
    "serviceWorker",
];

#[tokio::test]
async fn a_script_in_the_page_reaches_no_other_server_and_leads_the_window_nowhere() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let stranger = Stranger::start().await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let place = app.run("return location.href.split('#')[0]", vec![]).await?;

    let outcomes = app.run_async(ATTEMPTS, vec![json!(stranger.origin)]).await?;

    let outcomes = outcomes.as_object().cloned().unwrap_or_default();
    assert!(outcomes.len() > 45, "{outcomes:?}");
    for name in RUNS_NOTHING {
        assert!(["refused", "nothing"].iter().any(|no| outcomes[name] == *no), "{name}: {outcomes:?}");
    }
    app.settled().await?;
    assert_eq!(stranger.requests()?, Vec::<String>::new(), "{outcomes:?}");
    assert_eq!(app.run("return location.href.split('#')[0]", vec![]).await?, place);
    assert_eq!(app.run("return window.__ran || null", vec![]).await?, Value::Null);
    assert_eq!((app.windows().await?, desktop.running_apps()?), (1, 1));
    assert!(app.shown("sign-in-page").await?.is_some());
    assert!(!desktop.has_file("stranger.txt")?, "nothing was downloaded");
    // The stranger does answer, to who may ask.
    reqwest::get(&stranger.origin).await?;
    assert_eq!(stranger.requests()?.len(), 2);
    Ok(())
}

#[tokio::test]
async fn the_backend_answers_no_frame_and_no_request_that_is_not_made_by_tauris_own_script() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;
    app.wait_for("sign-in-page").await?;
    let before = server.requests_of_the_app()?;

    // A command that would be seen at the server, from the page and from an empty frame that has the page's origin, past
    // Tauri's script: without the key that only that script knows, and with a wrong one.
    let script = r"
        const done = arguments[1];
        const frame = document.createElement('iframe');
        document.body.appendChild(frame);
        const command = arguments[0];
        const body = JSON.stringify({ request: {} });
        const headers = { 'Content-Type': 'application/json', 'Tauri-Callback': '1', 'Tauri-Error': '2' };
        const outcomes = [];
        const second = () => new Promise((resolve) => setTimeout(() => resolve('nothing'), 1000));
        const ask = async (inside, more) => {
            const request = inside.fetch('ipc://localhost/' + command, { method: 'POST', headers: { ...headers, ...more }, body });
            const said = request.then(async (answer) => answer.status + ' ' + await answer.text(), () => 'refused');
            outcomes.push(await Promise.race([said, second()]));
        };
        const post = (inside, key) => {
            const handlers = inside.webkit && inside.webkit.messageHandlers;
            if (!handlers || !handlers.ipc) { outcomes.push('no handler'); return; }
            handlers.ipc.postMessage(JSON.stringify({ cmd: command, callback: 1, error: 2, payload: { request: {} },
                options: {}, __TAURI_INVOKE_KEY__: key }));
            outcomes.push('posted');
        };
        (async () => {
            const windows = [window, frame.contentWindow];
            outcomes.push(String(windows[1] && windows[1].__TAURI_INTERNALS__));
            for (const inside of windows.filter(Boolean)) {
                await ask(inside, {});
                await ask(inside, { 'Tauri-Invoke-Key': 'wrong' });
                post(inside, 'wrong');
                post(inside, undefined);
            }
            await second();
            done(outcomes);
        })();
    ";
    let command = "plugin%3Asupabase-session%7Csign_in_anonymously";
    let outcomes = app.run_async(script, vec![json!(command)]).await?;

    let outcomes: Vec<&str> = outcomes.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(outcomes.len() >= 5, "{outcomes:?}");
    for outcome in &outcomes {
        let is_no = ["undefined", "nothing", "refused", "no handler", "posted"].contains(outcome);
        assert!(is_no || outcome.starts_with('4') || outcome.starts_with('5'), "{outcomes:?}");
    }
    assert_eq!(server.requests_of_the_app()?, before, "{outcomes:?}");
    assert!(app.shown("sign-in-page").await?.is_some());
    // Through Tauri's script it is asked: what was refused above would have been seen.
    app.invoke("plugin:supabase-session|sign_in_anonymously", json!({ "request": {} })).await?;
    assert_ne!(server.requests_of_the_app()?, before);
    Ok(())
}

#[tokio::test]
async fn what_all_objects_inherit_cannot_be_changed() -> Outcome {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    let app = App::start(&desktop).await?;

    let script = "try { Object.prototype.invoke = () => 'mine'; } catch (error) {}
        try { Object.defineProperty(window, '__FOYER__', { value: 1 }); } catch (error) {}
        return [Object.isFrozen(Object.prototype), ({}).invoke === undefined, Object.isFrozen(window.__FOYER__)]";

    assert_eq!(app.run(script, vec![]).await?, json!([true, true, true]));
    Ok(())
}
