import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { ContactMedia } from "@/lib/model/media.ts";
import type { ContactsPort } from "./contacts_port.ts";
import { Core, type CoreEvent } from "./core.ts";
import { emit } from "./events.ts";
import { Help } from "./help.ts";
import { leaveCore, takeCore } from "./orphans.ts";
import { watchPage } from "./page_events.ts";
import type { panelView } from "./panel/mod.tsx";
import type { Preview, Previewed } from "./preview.ts";
import { EMPTY_ROSTER } from "./roster.ts";
import { storedIn, widgetAddressOf } from "./widget_address.ts";
import { Surface } from "./surface.tsx";
import { type Actions, isAvailable } from "./view/model.ts";

/** `<contact-widget uuid="…">`; see docs/website.md for attributes and API. */
export class ContactWidget extends HTMLElement {
  /** Attributes that are properties as well; every element has `lang`. */
  static readonly mirrored = ["uuid", "server", "service", "name"];
  static readonly observedAttributes = [...this.mirrored, "lang"];

  /** Defines the tag, unless another copy of the script has done so. */
  static define(): void {
    if (customElements.get("contact-widget")) return;
    for (const name of this.mirrored) {
      Object.defineProperty(this.prototype, name, {
        get(this: Element) {
          return this.getAttribute(name) ?? "";
        },
        set(this: Element, value: string) {
          this.setAttribute(name, value);
        },
      });
    }
    customElements.define("contact-widget", this);
  }

  readonly #surface: Surface;
  readonly #help = new Help();
  #core: Core | undefined;
  #preview: Previewed | undefined;
  #panel: typeof panelView | undefined;
  #page = new AbortController();
  /** False while an upgrade reports the attributes, before the element
   * connects. */
  #begun = false;
  #open = false;
  #notice: keyof WidgetTexts | "" = "";
  #drawing = false;

  constructor() {
    super();
    this.#surface = new Surface(
      this.attachShadow({ mode: "open" }),
      (id) => this.#core?.see(id),
    );
  }

  /** Shows these messages instead of asking a service; undefined asks again. */
  set preview(preview: Preview | undefined) {
    this.#showPreview(preview);
  }

  /** Expands a sidebar, or shows the running chat or call again. */
  open(): void {
    this.#expand(true);
  }

  close(): void {
    this.#expand(false);
  }

  /** Opens a chat with an agent, or with the first available one. */
  chat(id?: string): void {
    this.#reach("chat", id);
  }

  call(id?: string, { video = false } = {}): void {
    this.#reach(video ? "video" : "voice", id);
  }

  hangup(): void {
    this.#core?.contacts?.hangUp();
  }

  setLanguage(lang: string): void {
    this.lang = lang;
  }

  /** The name that agents see from the next contact on. */
  setVisitor({ name }: { name: string }): void {
    this.setAttribute("name", name);
  }

  connectedCallback(): void {
    this.#takeEarly();
    this.#begun = true;
    this.#begin();
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#begun = false;
    this.#page.abort();
    this.#help.stop();
    if (this.#core) leaveCore(this.#core);
    this.#core = undefined;
  }

  attributeChangedCallback(
    name: string,
    before: string | null,
    after: string | null,
  ): void {
    if (before === after || !this.#begun) return;
    if (name === "lang") return this.#core?.speak(this.#address()?.lang ?? "");
    if (name === "name") return this.#core?.contacts?.setVisitor(after ?? "");
    this.#core?.dispose();
    this.#core = undefined;
    this.#begin();
  }

  /** Applies a `preview` that was set as a plain property before the script
   * loaded. */
  #takeEarly(): void {
    const early = Object.getOwnPropertyDescriptor(this, "preview");
    if (early === undefined) return;
    Reflect.deleteProperty(this, "preview");
    this.preview = early.value;
  }

  #address() {
    return widgetAddressOf(this, import.meta.url);
  }

  #begin(): void {
    const address = this.#preview === undefined ? this.#address() : undefined;
    if (address === undefined) {
      this.#core?.dispose();
      this.#core = undefined;
      return;
    }
    if (this.#core !== undefined) return;
    const core = this.#core = takeCore(address) ?? new Core(address);
    core.onchange = () => this.#draw();
    core.ontell = (event) => this.#told(event);
    this.#page.abort();
    this.#page = new AbortController();
    watchPage((event) => core.dispatch(event), this.#page.signal);
    document.addEventListener("cw-opened", this.#giveWay, this.#page);
    this.#arrive(core);
  }

  /** Closes this panel when another one opens, because they would cover each
   * other. */
  readonly #giveWay = ({ target }: Event): void => {
    if (target !== this && this.#open) this.#expand(false, false);
  };

  /** Resumes the call or chat that the visitor began on an earlier page. */
  async #arrive(core: Core): Promise<void> {
    const stored = storedIn(core.address.uuid);
    if (stored !== undefined) await this.#contacts(core, stored);
    if (core === this.#core) core.dispatch({ type: "arrive" });
    if (core.contacts?.open) this.#expand(true, false);
  }

  #told(event: CoreEvent): void {
    const { type, ...detail } = event;
    if (type === "failed") {
      const isThere = this.#core?.connection.state === "ready";
      this.#notice = isThere ? "outdated" : "connectionLost";
      this.#draw();
    } else emit(this, `cw-${type}`, detail);
  }

  async #showPreview(preview: Preview | undefined): Promise<void> {
    const { previewed } = await import("./preview.ts");
    this.#preview = previewed(preview, {
      load: () => this.#load(),
      shown: () => this.#preview,
      changed: () => this.#draw(),
      expand: (open) => this.#expand(open, false),
    });
    if (this.isConnected) this.#begin();
    this.#draw();
  }

  /** `focus` is false if no person asked for it, so the focus stays. */
  async #expand(open: boolean, focus = true): Promise<void> {
    this.#notice = "";
    if (open && !await this.#load()) return;
    const changed = this.#open !== open;
    this.#open = open;
    this.#view?.contacts?.opened(open);
    if (!changed) return this.#draw();
    this.#help.hush();
    if (focus) this.#surface.remember(open);
    // The other widget's launcher comes first into the top layer, so it is
    // below.
    if (open) emit(this, "cw-opened", {});
    this.#drawNow();
    if (focus) this.#surface.focus(open);
    if (open) this.#core?.send({ mt: "Opened" });
    else emit(this, "cw-closed", {});
  }

  #reach(kind: ContactMedia, id: string | undefined): void {
    const card = this.#view?.roster.cards.find((card) =>
      card.media.includes(kind) && isAvailable(card) &&
      (id === undefined || card.id === id)
    );
    if (card) this.#act.contact(kind, card);
  }

  readonly #act: Actions = {
    expand: () => this.#expand(true),
    collapse: () => this.#expand(false),
    hushHelp: () => {
      this.#help.hush();
      this.#draw();
    },
    contact: async (kind, agent) => {
      const core = this.#core;
      if (this.#preview || !core) {
        this.#notice = "previewOnly";
        return this.#draw();
      }
      const contacts = await this.#contacts(core);
      const name = this.getAttribute("name");
      if (name !== null) contacts?.setVisitor(name);
      contacts?.start(kind, agent);
      if (contacts) await this.#expand(true);
    },
  };

  async #contacts(
    core: Core,
    stored?: string,
  ): Promise<ContactsPort | undefined> {
    try {
      const parts = await this.#load();
      return parts && core.attach(await parts.contactsFrom(stored));
    } catch {
      this.#told({ type: "failed" });
      return undefined;
    }
  }

  /** Loads the code for the first click; undefined if that fails. */
  async #load() {
    try {
      const parts = await import("./contact/mod.tsx");
      this.#panel = parts.panelView;
      return parts;
    } catch { // There is no network, or the service was updated.
      this.#told({ type: "failed" });
      return undefined;
    }
  }

  /** Renders once for all changes of the same moment. */
  #draw(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      this.#drawNow();
    });
  }

  get #view(): Previewed | undefined {
    return this.#preview ?? this.#core;
  }

  #drawNow(): void {
    const roster = this.#view?.roster ?? EMPTY_ROSTER;
    const texts = roster.session?.options.helpTexts ?? [];
    const contacts = this.#view?.contacts;
    if (!this.#open && roster.cards.some(isAvailable)) {
      this.#help.run(texts, () => this.#draw());
    }
    if (this.#open && roster.session?.type === "cardset" && !contacts?.shown) {
      return void this.#expand(false);
    }
    this.#surface.draw(roster, {
      open: this.#open,
      help: this.#help.text(texts),
      notice: this.#notice,
      running: contacts?.running ?? false,
      act: this.#act,
      redraw: () => this.#draw(),
      panel: (model) => this.#panel?.(model, contacts),
    });
  }
}
