import type {
  PersonView,
  WidgetSummary,
  WidgetView,
} from "@/lib/protocol/admin/messages.ts";
import { type Agent } from "@/lib/model/agent.ts";
import type { WidgetContent } from "@/lib/model/widget.ts";

/**
 * An administrator who uses the API with a signed-in session, as islands do.
 */
export class AdminClient {
  readonly #url: string;
  readonly cookie: string;

  /** Creates a client that is already signed in, by this cookie. */
  constructor(url: string, cookie: string) {
    this.#url = url;
    this.cookie = cookie;
  }

  /** Signs in by the form of /login. Rejects if that fails. */
  static async signIn(
    url: string,
    name: string,
    password: string,
  ): Promise<AdminClient> {
    const response = await fetch(`${url}/login`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: url },
      body: new URLSearchParams({ name, password }),
    });
    await response.body?.cancel();
    const cookie = response.headers.getSetCookie()
      .map((set) => set.split(";")[0]).join("; ");
    if (response.status !== 303 || cookie === "") {
      throw new Error(`Cannot sign in ${name}: ${response.status}`);
    }
    return new AdminClient(url, cookie);
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        cookie: this.cookie,
        origin: this.#url,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text === "" ? undefined as T : JSON.parse(text);
  }

  /** Stores a picture and returns its id. */
  async upload(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const response = await fetch(`${this.#url}/api/pictures`, {
      method: "POST",
      headers: { cookie: this.cookie, origin: this.#url },
      body: bytes,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Cannot upload: ${text}`);
    return JSON.parse(text).id;
  }

  async download(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const headers = { cookie: this.cookie };
    const response = await fetch(this.#url + path, { headers });
    const bytes = await response.bytes();
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return bytes;
  }

  /** Adds an agent who has signed in once and chosen {@linkcode PASSWORD}. */
  async addPerson(
    name: string,
    displayName: string,
    roles: PersonView["roles"] = ["agent"],
  ): Promise<PersonView> {
    const made = await this.call<PersonView>("POST", "/api/people", {
      name,
      displayName,
      roles,
      password: FIRST_PASSWORD,
    });
    const person = await AdminClient.signIn(this.#url, name, FIRST_PASSWORD);
    await person.changePassword(FIRST_PASSWORD, PASSWORD);
    return made;
  }

  /** Changes the own password by the form of /account/password. */
  async changePassword(current: string, password: string): Promise<void> {
    const response = await fetch(`${this.#url}/account/password`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: this.cookie, origin: this.#url },
      body: new URLSearchParams({ current, password, repeat: password }),
    });
    const text = await response.text();
    if (response.status !== 303) {
      throw new Error(`Cannot change a password: ${response.status} ${text}`);
    }
  }

  /** Adds a widget, with its content changed by `edit`, and saves it. */
  async addWidget(
    type: "sidebar" | "cardset",
    edit: (content: WidgetContent) => void,
  ): Promise<WidgetView> {
    const made = await this.call<WidgetView>("POST", "/api/widgets", { type });
    // Most tests are about cards whose agents can or cannot be reached.
    made.content.messages.on = false;
    return await this.saveWidget(made, edit);
  }

  /** Returns all widgets with their content, oldest first. */
  async widgets(): Promise<WidgetView[]> {
    const { widgets } = await this
      .call<{ widgets: WidgetSummary[] }>("GET", "/api/widgets");
    return await Promise.all(
      widgets.map(({ uuid }) =>
        this.call<WidgetView>("GET", `/api/widgets/${uuid}`)
      ),
    );
  }

  saveWidget(
    { uuid, revision, content }: WidgetView,
    edit: (content: WidgetContent) => void,
  ): Promise<WidgetView> {
    const edited = structuredClone(content);
    edit(edited);
    return this.call("PUT", `/api/widgets/${uuid}`, {
      revision,
      content: edited,
    });
  }
}

/** The password of every user in these tests. */
export const PASSWORD = "correct horse battery";
/** The password that an administrator gives to new users. */
export const FIRST_PASSWORD = "given by an admin";

/** Returns an agent of a widget with all media. */
export function agentOf(address: string, name: string): Agent {
  return {
    address,
    name,
    department: "",
    phone: "",
    email: "",
    picture: "",
    media: ["voice", "video", "chat"],
    inactive: false,
    boolean: "",
    link: { label: "", url: "" },
  };
}
