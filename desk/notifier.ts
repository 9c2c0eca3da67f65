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

/** The browser APIs for notifications. */
export interface NotifierDeps {
  /** Creates a notification from the page. Throws where only a service worker
   * may do so. */
  create(
    title: string,
    options: { body: string; tag: string },
  ): { close(): void; onclick: ((event: Event) => unknown) | null };
  /** Registers the service worker. Rejects in browsers without service
   * workers. */
  register(): Promise<
    Pick<
      ServiceWorkerRegistration,
      "showNotification" | "getNotifications"
    >
  >;
}

/**
 * Shows notifications from the page, or from a service worker in browsers that
 * require one, as on Android.
 */
export class Notifier {
  readonly #deps: NotifierDeps;
  readonly #onClick: (contact: string) => void;
  readonly #onFailed: () => void;
  #worker: ReturnType<NotifierDeps["register"]> | undefined;

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
    if (this.#worker === undefined) {
      try {
        return this.#showFromPage(notice);
      } catch {
        // Android allows it only from a service worker, so use that from now
        // on.
      }
    }
    return this.#showFromWorker(notice);
  }

  #showFromPage({ contact, title, body }: DeskNotification): Shown {
    const shown = this.#deps.create(title, { body, tag: contact });
    shown.onclick = () => {
      shown.close();
      this.#onClick(contact);
    };
    return shown;
  }

  #showFromWorker({ contact, title, body }: DeskNotification): Shown {
    let isClosed = false;
    const close = async () => {
      isClosed = true;
      const worker = await this.#worker;
      const shown = await worker?.getNotifications({ tag: contact });
      for (const one of shown ?? []) one.close();
    };
    this.#worker ??= this.#deps.register();
    this.#worker
      .then(async (worker) => {
        if (isClosed) return;
        const options = { body, tag: contact, data: { contact } };
        await worker.showNotification(title, options);
        if (isClosed) await close(); // It was closed before it appeared.
      })
      .catch(() => this.#onFailed());
    return { close: () => void close().catch(() => {}) };
  }
}

/** The browser's implementation. */
export const browserNotifier: NotifierDeps = {
  create: (title, options) => new Notification(title, options),
  async register() {
    const { serviceWorker } = navigator;
    if (serviceWorker === undefined) throw new Error("Cannot use a worker");
    await serviceWorker.register("/desk_worker.js", { scope: "/desk" });
    return await serviceWorker.ready;
  },
};
