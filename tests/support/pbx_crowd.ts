import { AdminClient, agentOf, PASSWORD } from "./admin_client.ts";
import { OPCODE, RawWebSocket } from "./raw_websocket.ts";
import { type Service, startService } from "./service.ts";
import { users } from "./simulated_pbx/in_memory.ts";
import { SimulatedPbx } from "./simulated_pbx/simulated_pbx.ts";
import { webSocketWire } from "./simulated_pbx/wire.ts";

/** Open pages that come from one address. */
const PER_ADDRESS = 20;

/** The parts of the service's messages that these tests read. */
interface Told {
  mt: string;
  id?: string;
  presence?: string;
  state?: string;
  cause?: number;
  /** Time at which the page received it. */
  at: number;
}

/** An open page of a website, with its own socket. */
export class CrowdPage {
  /** The displayed presence, by address. */
  readonly shown = new Map<string, string>();
  /** All messages about its call or chat. */
  readonly contact: Told[] = [];
  readonly #waiting = new Set<() => void>();
  #socket: RawWebSocket | undefined;

  /** Shows a widget, as the `number`th page of all. */
  static async open(
    url: string,
    uuid: string,
    number: number,
  ): Promise<CrowdPage> {
    const page = new CrowdPage();
    const host = Math.floor(number / PER_ADDRESS);
    page.#socket = await RawWebSocket.connect(`${url}/widgets/service`, {
      headers: { "x-forwarded-for": `10.1.${host >> 8}.${host & 255}` },
      onFrame: (opcode, payload) => {
        if (opcode !== OPCODE.text) return;
        page.#take(JSON.parse(new TextDecoder().decode(payload)));
      },
    });
    page.say({ mt: "Start", uuid, v: 1 });
    return page;
  }

  say(message: object): void {
    void this.#socket?.send(JSON.stringify(message));
  }

  get isOpen(): boolean {
    return this.#socket?.isGone === false;
  }

  /** Resolves with the time at which `is` is true of the page, immediately or
   * later. */
  until(is: (page: CrowdPage) => boolean): Promise<number> {
    return new Promise((done) => {
      const look = () => {
        if (!is(this)) return;
        this.#waiting.delete(look);
        done(performance.now());
      };
      this.#waiting.add(look);
      look();
    });
  }

  drop(): void {
    this.#socket?.drop();
  }

  #take(message: Omit<Told, "at">): void {
    if (message.mt === "Info") {
      this.shown.set(message.id ?? "", message.presence ?? "");
    } else if (message.mt === "CallInfo" || message.mt === "ChatInfo") {
      this.contact.push({ ...message, at: performance.now() });
    }
    for (const look of [...this.#waiting]) look();
  }
}

/** The program, and a PBX whose users are spread over its widgets. */
export interface CrowdProduct extends AsyncDisposable {
  service: Service;
  pbx: SimulatedPbx;
  company: ReturnType<typeof users>;
  /** The nth agent is in the widget n modulo their number. */
  widgets: string[];
}

export async function openCrowdProduct(
  { agents, widgets: count }: { agents: number; widgets: number },
): Promise<CrowdProduct> {
  await using stack = new AsyncDisposableStack();
  const service = stack.use(
    await startService({
      args: [
        "--pbx-password=s3cret",
        `--admin-password=${PASSWORD}`,
        "--trusted-proxies=127.0.0.0/8",
        "--drain-seconds=0",
      ],
    }),
  );
  const company = users(agents);
  const pbx = new SimulatedPbx(
    webSocketWire(`${service.url.replace("http", "ws")}/widgets`),
    { users: company },
  );
  await pbx.connect();
  stack.defer(() => pbx.cut());
  const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
  const widgets: string[] = [];
  for (let n = 0; n < count; n++) {
    const { uuid } = await admin.addWidget("cardset", (content) => {
      content.agents = company.filter((_, index) => index % count === n)
        .map(({ sip, name }) => agentOf(sip, name));
    });
    widgets.push(uuid);
  }
  const all = stack.move();
  return {
    service,
    pbx,
    company,
    widgets,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** True if a page shows `count` agents, all of them with this presence. */
export function showsAll(count: number, presence: string) {
  return ({ shown }: CrowdPage): boolean =>
    shown.size === count &&
    [...shown.values()].every((one) => one === presence);
}

/**
 * Changes the presence of agents one after the other and says how long each page
 * that shows the agent took to show it, in ms, sorted.
 */
export async function changeTimes(
  { pbx, company, widgets }: CrowdProduct,
  pages: readonly CrowdPage[],
  changes: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < changes; n++) {
    const index = n % company.length;
    const sip = company[index]?.sip ?? "";
    const seeing = pages.filter((_, page) =>
      page % widgets.length === index % widgets.length
    );
    const shows = (presence: string) =>
      Promise.all(
        seeing.map((page) =>
          page.until(({ shown }) => shown.get(sip) === presence)
        ),
      );
    const activity = n % 2 === 0 ? "busy" : "dnd";
    const seen = shows(activity);
    const changedAt = performance.now();
    pbx.setPresence(sip, { status: "open", activity });
    for (const at of await seen) times.push(at - changedAt);
    pbx.setPresence(sip, { status: "open", activity: "" });
    await shows("online");
  }
  return times.sort((a, b) => a - b);
}

/** The value below which the part `q` of sorted values lies. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.floor(sorted.length * q)] ?? 0;
}
