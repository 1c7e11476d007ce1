// Stands in for the widgets of hCaptcha and Turnstile: `render(container, { sitekey, callback })`, as both have it. The
// box to tick is a frame, as theirs is, so that no page but this server's own asks for a token.
(() => {
  const here = new URL(document.currentScript.src);
  const widget = {
    render(container, { callback }) {
      const frame = document.createElement('iframe');
      frame.id = 'captcha-box';
      frame.title = 'Captcha';
      frame.src = new URL('/captcha/box', here);
      addEventListener('message', ({ source, data }) => {
        if (source === frame.contentWindow) callback(data);
      });
      document.querySelector(container).append(frame);
      return 'stand-in';
    },
  };
  window.hcaptcha = widget;
  window.turnstile = widget;
  const onload = here.searchParams.get('onload');
  if (onload) window[onload]();
})();
