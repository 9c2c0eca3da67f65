/** Returns a company's website with both kinds of widgets, as a website owner
 * pastes them. */
export function sampleWebsite(
  { service, sidebar, cardset }: {
    /** Origin of the service. */
    service: string;
    sidebar: string;
    cardset: string;
  },
): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A website with Contact Widgets</title>
<style>
  body { max-width: 52rem; margin: 0 auto; padding: 3rem 1.5rem; color: #1d2433;
    background: #f7f5f0; font: 1.0625rem/1.6 Georgia, serif; }
  h1 { font-size: 2.25rem; line-height: 1.2; }
  contact-widget { display: block; margin-block: 2rem; }
</style>
<h1>Talk to us</h1>
<p>This is an ordinary website. The cards below are a widget in its content, and
the button at the side is another one. Choose somebody to chat with, to call, or
to see.</p>
<contact-widget uuid="${cardset}"></contact-widget>
<p>Atlantis answers a call, sends back what it hears and shows what your camera
sees. Columbia puts you on hold for a while. Discovery declines. Endeavour is
away. The service desk is a waiting queue. Whoever gets a chat message answers it.</p>
<contact-widget uuid="${sidebar}"></contact-widget>
<script type="module" src="${service}/widget.js" async></script>
</html>
`;
}
