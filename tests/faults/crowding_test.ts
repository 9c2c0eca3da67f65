import { deepEqual, equal, ok } from "node:assert/strict";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import type { ServerMessage } from "../support/fake_page.ts";
import { PASSWORD } from "../support/admin_client.ts";
import { DeskAgent } from "../support/desk_agent.ts";
import { sampleOffer } from "../support/sdp.ts";
import { startService } from "../support/service.ts";
import { setStage } from "../support/stage.ts";
import { TurnClient } from "../support/turn_client.ts";
import { startTurn } from "../support/turn_server.ts";
import { openWire, type Wire } from "../support/wire.ts";

// One client, or one network, takes all that it can get. Others are behind the
// same proxy, so only X-Forwarded-For tells them apart.

const SECRET = "a secret of the test";
const OFFER = sampleOffer("voice");
const ATTACKER = "203.0.113.66";
const HONEST = "192.0.2.7";
const QUOTA_REACHED = 486;
/** Relays of one address: 4 names with the user-quota of the shipped settings. */
const RELAYS_MAX = 48;
const CONTACTS_MAX = 4;
const FLOODING = 12;
const TRIES = 5;
/** So many guesses may be answered while an honest person waits: where the person
 * has signed in before, few; at a new place, those that were there already. */
const GUESSES_MAX = { known: FLOODING / 2, elsewhere: 2 * FLOODING };

type Page = Wire<ServerMessage>;

Deno.test("150 TURN credentials, 50 chats and 5 calls, 12 sign-ins from changing networks don't affect others", async (test) => {
  await using turn = await startTurn(SECRET);
  await using stage = await setStage(1);
  await using service = await startService({
    data: stage.data,
    args: [
      `--admin-password=${PASSWORD}`,
      "--trusted-proxies=127.0.0.1",
      "--contacts-per-address=4",
      `--turn=${turn.host}`,
      `--turn-secret=${SECRET}`,
      "--drain-seconds=0",
    ],
  });
  const { url } = service;
  const rang = new Set<string>();
  using _agent = await DeskAgent.connect(
    url,
    stage.agents[0]?.cookie ?? "",
    (message, agent) => {
      const contact = contactOf(message);
      if (contact === undefined || rang.has(contact)) return;
      rang.add(contact);
      agent.say({ type: "ringing", contact });
    },
  );
  await using all = new AsyncDisposableStack();
  const open = async (address: string): Promise<Page> => {
    const page = all.use(
      await openWire<ServerMessage>(`${url}/widgets/service`, {
        "x-forwarded-for": address,
      }),
    );
    page.say({ mt: "Start", uuid: stage.widget, v: 1 });
    await page.heard.until(({ mt }) => mt === "Session");
    return page;
  };
  const attackers: Page[] = [];
  for (let n = 0; n < 150; n++) attackers.push(await open(ATTACKER));
  const honest = await open(HONEST);

  await test.step("an honest visitor gets a relay of the TURN server", async () => {
    const answers: number[] = [];
    for (const page of attackers) answers.push(await relayOf(page, all));

    const given = answers.filter((code) => code === 0);
    equal(given.length, RELAYS_MAX);
    ok(answers.every((code) => code === 0 || code === QUOTA_REACHED));
    equal(await relayOf(honest, all), 0);
  });

  await test.step("an honest visitor reaches the agent, who has 4 other contacts", async () => {
    for (const [n, page] of attackers.slice(0, 55).entries()) {
      const mt = n % 11 === 0 ? "CreateCall" : "CreateChat";
      page.say({ mt, dest: "agent0", dn: "Mallory" });
      if (mt === "CreateCall") {
        page.say({ mt: "Channels", cmd: "PROPOSAL", sdp: OFFER });
      }
    }
    const refused = await Promise.all(
      attackers.slice(CONTACTS_MAX, 55).map((page) =>
        page.heard.until(({ mt }) => mt === "Error")
      ),
    );
    honest.say({ mt: "CreateChat", dest: "agent0", dn: "Ada" });
    honest.say({ mt: "CreateCall", dest: "agent0", dn: "Ada" });
    honest.say({ mt: "Channels", cmd: "PROPOSAL", sdp: OFFER });
    for (const mt of ["ChatInfo", "CallInfo"]) {
      const { state } = await honest.heard.until((message) =>
        message.mt === mt
      ) as { state?: string };
      equal(state, "alerting");
    }

    deepEqual(
      new Set(refused.map((each) => each.mt === "Error" && each.error)),
      new Set(["rate-limited"]),
    );
    equal(rang.size, CONTACTS_MAX + 2);
  });

  await test.step("an administrator signs in, from a known address and elsewhere", async () => {
    equal(await signIn(url, HONEST, "admin", PASSWORD), 303);
    const guesses = new Guesses(url);
    try {
      await guesses.running;
      for (let n = 1; n <= TRIES; n++) {
        for (const place of ["known", "elsewhere"] as const) {
          const address = place === "known" ? HONEST : `198.51.100.${n}`;
          const before = guesses.answered;
          equal(await signIn(url, address, "admin", PASSWORD), 303, place);
          const count = guesses.answered - before;
          ok(count <= GUESSES_MAX[place], `${place}: behind ${count} guesses`);
        }
      }
    } finally {
      await guesses.stop();
    }
  });
});

/** Clients that guess all the time, each guess from another network. */
class Guesses {
  readonly #url: string;
  readonly #all: Promise<void>[];
  readonly #first = Promise.withResolvers<void>();
  answered = 0;
  #isOver = false;

  constructor(url: string) {
    this.#url = url;
    this.#all = Array.from({ length: FLOODING }, (_, n) => this.#guess(n));
  }

  /** Resolves when the queue is full of guesses. */
  get running(): Promise<void> {
    return this.#first.promise;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#all);
  }

  async #guess(n: number): Promise<void> {
    for (let tries = 0; !this.#isOver; tries++) {
      const network = (n * 4_096 + tries).toString(16);
      // A new name each time: one that is guessed often has to wait.
      const name = `nobody${n}-${tries}`;
      const status = await signIn(
        this.#url,
        `2001:db8:${network}::1`,
        name,
        "guess",
      );
      equal(status, 401);
      if (++this.answered === FLOODING) this.#first.resolve();
    }
  }
}

/** The call or chat that a message of the desk is about. */
function contactOf(message: ServiceMessage): string | undefined {
  if (message.type === "call") return message.call.id;
  return message.type === "chat" ? message.chat.id : undefined;
}

/** Asks the TURN server for a relay with the credentials of this page. */
async function relayOf(
  page: Page,
  all: AsyncDisposableStack,
): Promise<number> {
  page.say({ mt: "GetIceConfig" });
  const config = await page.heard.until(({ mt }) => mt === "IceConfig");
  if (config.mt !== "IceConfig") throw new Error("no IceConfig");
  const { turn, turnUsr: user = "", turnPwd: password = "" } = config;
  const client = all.use(new TurnClient(turn, { user, password }));
  return await client.allocate();
}

/** Signs in by the form; returns the status of the answer. */
async function signIn(
  url: string,
  address: string,
  name: string,
  password: string,
): Promise<number> {
  const response = await fetch(`${url}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: url, "x-forwarded-for": address },
    body: new URLSearchParams({ name, password }),
  });
  await response.body?.cancel();
  return response.status;
}
