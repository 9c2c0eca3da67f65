// Shows the desk's notifications where a page may not: Chrome for Android. It
// answers no request, so the page is loaded as without it.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { contact } = event.notification.data ?? {};
  event.waitUntil(open(contact));
});

/** Brings a desk to the front, and lets it show the conversation. */
async function open(contact) {
  const desks = await self.clients.matchAll({ type: "window" });
  const desk = desks[0] ?? await self.clients.openWindow("/desk");
  await desk?.focus?.();
  desk?.postMessage({ contact });
}
