// The stand-in for the widgets of hCaptcha and Turnstile, with the function that both have: `render(container, { sitekey,
// callback })`. The box to tick is in a frame, as the real ones are, so that only this server's own page asks for a token.
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
