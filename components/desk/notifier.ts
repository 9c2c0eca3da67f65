/** One notification that is shown. */
export interface Shown {
  close(): void;
}

/** What a notification says, and which conversation it is about. */
export interface Notice {
  contact: string;
  title: string;
  body: string;
}

/** As much of the browser as notifications need. */
export interface NotifierDoors {
  /** Makes one from the page. Throws where only a service worker may. */
  create(
    title: string,
    options: { body: string; tag: string },
  ): { close(): void; onclick: ((event: Event) => unknown) | null };
  /** Registers the worker. Rejects where there are none. */
  register(): Promise<
    Pick<
      ServiceWorkerRegistration,
      "showNotification" | "getNotifications"
    >
  >;
}

/**
 * Shows notifications from the page, or from a service worker where the browser
 * lets only that do it, as on Android.
 */
export class Notifier {
  readonly #doors: NotifierDoors;
  readonly #onClick: (contact: string) => void;
  readonly #onFailed: () => void;
  #worker: ReturnType<NotifierDoors["register"]> | undefined;

  constructor(
    doors: NotifierDoors,
    { onClick, onFailed }: {
      onClick: (contact: string) => void;
      /** Neither the page nor a worker can show any. */
      onFailed: () => void;
    },
  ) {
    this.#doors = doors;
    this.#onClick = onClick;
    this.#onFailed = onFailed;
  }

  show(notice: Notice): Shown {
    if (this.#worker === undefined) {
      try {
        return this.#showFromPage(notice);
      } catch {
        // Android: only from a service worker, from now on.
      }
    }
    return this.#showFromWorker(notice);
  }

  #showFromPage({ contact, title, body }: Notice): Shown {
    const shown = this.#doors.create(title, { body, tag: contact });
    shown.onclick = () => {
      shown.close();
      this.#onClick(contact);
    };
    return shown;
  }

  #showFromWorker({ contact, title, body }: Notice): Shown {
    let isClosed = false;
    const close = async () => {
      isClosed = true;
      const worker = await this.#worker;
      const shown = await worker?.getNotifications({ tag: contact });
      for (const one of shown ?? []) one.close();
    };
    this.#worker ??= this.#doors.register();
    this.#worker
      .then(async (worker) => {
        if (isClosed) return;
        const options = { body, tag: contact, data: { contact } };
        await worker.showNotification(title, options);
        if (isClosed) await close(); // It was closed while it came.
      })
      .catch(() => this.#onFailed());
    return { close: () => void close().catch(() => {}) };
  }
}

/** The browser's own. */
export const browserNotifier: NotifierDoors = {
  create: (title, options) => new Notification(title, options),
  async register() {
    const { serviceWorker } = navigator;
    if (serviceWorker === undefined) throw new Error("Cannot use a worker");
    await serviceWorker.register("/desk_worker.js", { scope: "/desk" });
    return await serviceWorker.ready;
  },
};
