/** A visible notification. */
export interface Shown {
  close(): void;
}

/** Text of a notification, and its conversation. */
export interface DeskNotification {
  contact: string;
  title: string;
  body: string;
}

type Worker = Pick<
  ServiceWorkerRegistration,
  "showNotification" | "getNotifications"
>;

/** The browser APIs for notifications. */
export interface NotifierDeps {
  /** Creates a notification from the page. Throws where only a service worker
   * may do so. */
  create(
    title: string,
    options: { body: string; tag: string },
  ): { close(): void; onclick: ((event: Event) => unknown) | null };
  /** Registers the service worker. Rejects in browsers without service workers,
   * and at insecure addresses. */
  register(): Promise<Worker>;
}

/**
 * Shows notifications by the service worker, as Android requires, so that one of
 * the desk replaces that of a push for the same contact. The page shows them
 * where there is no worker.
 */
export class Notifier {
  readonly #deps: NotifierDeps;
  readonly #onClick: (contact: string) => void;
  readonly #onFailed: () => void;
  #worker: Promise<Worker | undefined> | undefined;

  constructor(
    deps: NotifierDeps,
    { onClick, onFailed }: {
      onClick: (contact: string) => void;
      /** Called if neither the page nor a worker can show notifications. */
      onFailed: () => void;
    },
  ) {
    this.#deps = deps;
    this.#onClick = onClick;
    this.#onFailed = onFailed;
  }

  show(notice: DeskNotification): Shown {
    const { contact } = notice;
    let isClosed = false;
    let shown: Shown | undefined;
    const worker = this.#worker ??= this.#deps.register()
      .catch(() => undefined);
    const close = async () => {
      isClosed = true;
      shown?.close();
      const all = await (await worker)?.getNotifications({ tag: contact });
      for (const one of all ?? []) one.close();
    };
    worker.then(async (worker) => {
      if (isClosed) return;
      if (worker === undefined) return void (shown = this.#fromPage(notice));
      const { title, body } = notice;
      const options = { body, tag: contact, data: { contact } };
      await worker.showNotification(title, options);
      if (isClosed) await close(); // It was closed before it appeared.
    }).catch(() => this.#onFailed());
    return { close: () => void close().catch(() => {}) };
  }

  #fromPage({ contact, title, body }: DeskNotification): Shown {
    const shown = this.#deps.create(title, { body, tag: contact });
    shown.onclick = () => {
      shown.close();
      this.#onClick(contact);
    };
    return shown;
  }
}

/** Registers the desk's service worker, and waits until it is active, because
 * `ready` never resolves on a page outside its scope. Rejects in browsers
 * without service workers, and at insecure addresses. */
export async function registerWorker(): Promise<ServiceWorkerRegistration> {
  const { serviceWorker } = navigator;
  if (serviceWorker === undefined) throw new Error("Cannot use a worker");
  const registration = await serviceWorker.register("/desk_worker.js", {
    scope: "/desk",
    updateViaCache: "none", // A new version must not wait for a cache.
  });
  const { active, installing, waiting } = registration;
  const worker = installing ?? waiting;
  if (!active && worker) await activated(worker);
  return registration;
}

/** Resolves when the worker is active. Rejects if it is discarded before. */
function activated(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") {
        reject(new Error("Cannot activate the worker"));
      }
    });
  });
}

/** The browser's implementation. */
export const browserNotifier: NotifierDeps = {
  create: (title, options) => new Notification(title, options),
  register: registerWorker,
};
