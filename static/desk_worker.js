// The service worker of the desk: it shows the desk's notifications, and those
// of pushes while the desk is closed. It answers no request and stores nothing,
// so that the pages are loaded as without it.

/** A push contains no text of a visitor, so the texts are here. */
const TEXTS = {
  en: {
    call: "A visitor is calling",
    chat: "A visitor wants to chat",
    callback: "A visitor is waiting for your call",
    body: "Open the desk to answer.",
    test: "Notifications work",
    tested: "You are notified on this device while the desk is closed.",
  },
  de: {
    call: "Ein Besucher ruft an",
    chat: "Ein Besucher möchte chatten",
    callback: "Ein Besucher wartet auf Ihren Rückruf",
    body: "Öffnen Sie den Arbeitsplatz, um zu antworten.",
    test: "Benachrichtigungen funktionieren",
    tested:
      "Dieses Gerät benachrichtigt Sie, während der Arbeitsplatz geschlossen ist.",
  },
};

// A new version replaces the previous one immediately, because neither has a
// state.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("push", (event) => {
  event.waitUntil(onPush(contentOf(event.data)));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.contact));
});

self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(renew(event));
});

function contentOf(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {}; // The service sends only JSON.
  }
}

async function onPush({ type, contact, kind, lang }) {
  const texts = TEXTS[lang] ?? TEXTS.en;
  const look = { icon: "/desk-192.png", badge: "/desk-badge.png", lang };
  if (type === "test") {
    await self.registration.showNotification(texts.test, {
      ...look,
      body: texts.tested,
      tag: "test",
    });
  } else if (type === "ring" && typeof contact === "string") {
    await self.registration.showNotification(texts[kind] ?? texts.chat, {
      ...look,
      body: texts.body,
      tag: contact,
      data: { contact },
      requireInteraction: true,
    });
  } else if (type === "over" && typeof contact === "string") {
    await close(contact, texts, look);
  }
}

/** Closes the notification of a contact that no longer rings. */
async function close(contact, texts, look) {
  const { userAgent } = self.navigator;
  if (/Safari\//.test(userAgent) && !/Chrom|Android/.test(userAgent)) {
    // Safari ends a subscription after three pushes that show nothing.
    const options = { ...look, tag: contact, silent: true };
    await self.registration.showNotification(texts.chat, options);
  }
  const shown = await self.registration.getNotifications({ tag: contact });
  for (const one of shown) one.close();
}

/** Brings a desk to the front, or opens one, and lets it show the
 * conversation. */
async function open(contact) {
  const pages = await self.clients.matchAll({
    type: "window",
    includeUncontrolled: true,
  });
  const desk = pages.find(({ url }) => new URL(url).pathname === "/desk");
  if (desk === undefined) {
    await self.clients.openWindow(`/desk${contact ? `#${contact}` : ""}`);
    return;
  }
  desk.postMessage({ contact });
  await desk.focus();
}

/** The browser has replaced its subscription, so the service gets the new
 * one. */
async function renew({ oldSubscription, newSubscription }) {
  if (!oldSubscription) return;
  const subscription = newSubscription ??
    await self.registration.pushManager.subscribe(oldSubscription.options);
  const { endpoint, keys } = subscription.toJSON();
  const body = { endpoint, keys, replaces: oldSubscription.endpoint };
  await fetch("/api/account/push", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
