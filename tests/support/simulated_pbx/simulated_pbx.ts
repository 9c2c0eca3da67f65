import { ClientChat } from "./client_chat.ts";
import { adminAnswer, guidOf } from "./directory.ts";
import { appLogin } from "./login.ts";
import { Mailbox } from "./mailbox.ts";
import { facility, isJson, type Json, listOf, textOf } from "./messages.ts";
import { defaults, type SimulatedPbxOptions } from "./options.ts";
import { PhoneCall } from "./phone_call.ts";
import { nodeAnswer } from "./node.ts";
import {
  FREE,
  presenceItems,
  type SimulatedPresence,
  withItem,
} from "./presence.ts";
import { Transfers } from "./transfers.ts";
import type { OpenWire, Wire } from "./wire.ts";

export type { SimulatedPbxOptions } from "./options.ts";

/**
 * A PBX as the reference documents describe it: connects to an app service,
 * logs in, and serves PbxApi, PbxSignal and PbxAdminApi. It is written from
 * those documents, so that it doesn't share the service's mistakes.
 */
export class SimulatedPbx {
  readonly options: SimulatedPbxOptions;
  readonly calls = new Mailbox<PhoneCall>();
  readonly chats = new Mailbox<ClientChat>();
  /** Called with each new call and chat, for phones that act automatically. */
  onCall: ((call: PhoneCall, sip: string) => void) | undefined;
  onChat: ((chat: ClientChat, sip: string) => void) | undefined;
  /** Messages of the service, oldest first. */
  readonly received: Json[] = [];
  /** The calls that the service has transferred to a number. */
  readonly transfers = new Transfers();
  /** Messages of these types are not answered. */
  readonly silent = new Set<string>();
  /** Changes an answer before it is sent: wrong, late, twice. */
  distort: (answer: Json) => Json[] = (answer) => [answer];
  readonly #openWire: OpenWire;
  readonly #presence = new Map<string, SimulatedPresence | "down">();
  /** Subscriptions: mark of the subscription to SIP-ID. */
  readonly #subscriptions = new Map<string, string>();
  readonly #dialogs = new Map<number, string>();
  readonly #legs = new Map<number, PhoneCall | ClientChat>();
  #wire: Wire | undefined;
  #registration: string | undefined;
  #linked = Promise.withResolvers<void>();
  #lostLink = Promise.withResolvers<void>();

  constructor(openWire: OpenWire, options: Partial<SimulatedPbxOptions> = {}) {
    this.#openWire = openWire;
    this.options = { ...defaults(), ...options };
  }

  /** Connects and logs in. Resolves when it is linked, rejects when it is
   * refused. */
  async connect(): Promise<void> {
    this.#linked = Promise.withResolvers();
    this.#lostLink = Promise.withResolvers();
    const wire = this.#openWire({
      opened: () => this.#write(wire, { mt: "AppChallenge" }),
      message: (text) => this.#wire === wire && this.#take(text),
      closed: () => this.#lost(wire),
    });
    this.#wire = wire;
    await this.#linked.promise;
  }

  /** Resolves when the link is lost. */
  lost(): Promise<void> {
    return this.#lostLink.promise;
  }

  /** Cuts the link without a close, as a broken cable does. */
  cut(): void {
    const wire = this.#wire;
    if (wire === undefined) return;
    wire.close();
    this.#lost(wire);
  }

  get subscriptions(): number {
    return this.#subscriptions.size;
  }

  setPresence(sip: string, presence: SimulatedPresence | "down"): void {
    this.#presence.set(sip, presence);
    for (const [src, subscribed] of this.#subscriptions) {
      if (subscribed === sip) this.#sendPresence(src, sip);
    }
  }

  setBoolean(name: string, on: boolean): void {
    const object = this.options.booleans.find((b) => b.name === name);
    if (object) object.on = on;
    for (const [call, subscribed] of this.#dialogs) {
      if (subscribed !== name) continue;
      const type = `cp_group_indication_${on ? "on" : "off"}`;
      this.#signal(call, { type: "facility", fty: [{ type }] });
    }
  }

  /** Makes a call from the PBX to the service, as a user's client does. */
  callService(sig: Json): void {
    this.#signal(-1, sig);
  }

  /** Sends any message, even an invalid one. */
  raw(message: Json | string): void {
    if (this.#wire === undefined) return;
    if (typeof message === "string") this.#wire.send(message);
    else this.#write(this.#wire, message);
  }

  #lost(wire: Wire): void {
    if (this.#wire !== wire) return;
    this.#wire = undefined;
    this.#subscriptions.clear();
    this.#dialogs.clear();
    this.#registration = undefined;
    for (const leg of this.#legs.values()) leg.lose();
    this.#legs.clear();
    this.#lostLink.resolve();
    this.#linked.reject(new Error("The link was lost or refused"));
    this.#linked.promise.catch(() => {});
  }

  #take(text: string): void {
    const message: unknown = JSON.parse(text);
    if (!isJson(message)) return;
    this.received.push(message);
    if (this.silent.has(textOf(message.mt))) return;
    // Services written in Go send an empty one.
    if ((message.api ?? "") === "") this.#login(message);
    else if (!this.options.apis.includes(textOf(message.api))) return;
    else if (message.api === "PbxApi") this.#presenceApi(message);
    else if (message.api === "PbxSignal") this.#signalApi(message);
    else {
      this.#answer(message, adminAnswer(message, this.options));
    }
  }

  #login(message: Json): void {
    const { domain, pbx, apis, object, password } = this.options;
    if (message.mt === "AppChallengeResult") {
      const app = "innovaphone-widgets";
      const name = "Contact Widgets";
      const challenge = textOf(message.challenge);
      const secret = { app, domain, object, name, pbx, password };
      this.raw(appLogin(challenge, secret));
    } else if (message.mt === "AppLoginResult" && message.ok === true) {
      const pbxDns = `${pbx}.${domain}`;
      const version = "14r1";
      const build = "1410520";
      this.raw({ mt: "PbxInfo", domain, pbx, pbxDns, apis, version, build });
      this.raw({ mt: "AppInfo", app: "innovaphone-widgets" });
    } else if (message.mt === "AppInfoResult") this.#linked.resolve();
  }

  #presenceApi(message: Json): void {
    const src = textOf(message.src);
    const sip = this.#sipOf(message);
    if (message.mt === "SubscribePresence") {
      if (sip === undefined) return this.#answer(message, { error: 1 });
      this.#answer(message, {});
      this.#subscriptions.set(src, sip);
      this.#sendPresence(src, sip);
    } else if (message.mt === "UnsubscribePresence") {
      this.#subscriptions.delete(src);
      this.#answer(message, {});
    } else if (message.mt === "SetPresence") this.#takePresence(message);
    else this.#answer(message, nodeAnswer(message));
  }

  /** An app's presence for a user becomes the newest item. */
  #takePresence(message: Json): void {
    const { users } = this.options;
    const user = users.find(({ sip }) =>
      sip === message.sip || guidOf(sip) === message.guid
    );
    if (user === undefined) return this.#answer(message, { error: 1 });
    this.#answer(message, {});
    const before = this.#presence.get(user.sip);
    const items = before === "down" ? [] : presenceItems(before ?? FREE);
    this.setPresence(user.sip, withItem(items, message));
  }

  #sendPresence(src: string, sip: string): void {
    const user = this.options.users.find((user) => user.sip === sip);
    if (user === undefined) return;
    const presence = this.#presence.get(sip) ?? FREE;
    const up = presence !== "down";
    const { num, name: dn, email } = user;
    const api = "PbxApi";
    this.#send({ api, mt: "PresenceState", src, up, sip, num, dn, email });
    if (presence === "down") return;
    this.#send({
      api,
      mt: "PresenceUpdate",
      src,
      presence: presenceItems(presence),
    });
  }

  #signalApi(message: Json): void {
    if (message.mt === "Register") {
      this.#registration = textOf(message.src);
      this.#answer(message, {
        stun: "stun.example.com",
        turn: "",
        maxIntern: 3,
      });
    } else if (message.mt === "Signaling" && isJson(message.sig)) {
      this.#signaled(Number(message.call), message.sig);
    }
  }

  #signaled(number: number, sig: Json): void {
    const leg = this.#legs.get(number);
    if (leg !== undefined) {
      const result = this.transfers.take(leg, sig);
      if (result !== undefined) this.#signal(number, result);
      void leg.signal(sig);
      if (leg.isOver) this.#legs.delete(number);
    } else if (sig.type === "setup") this.#setup(number, sig);
    else if (sig.type === "rel") this.#dialogs.delete(number);
  }

  #setup(number: number, sig: Json): void {
    const send = (answer: Json) => this.#signal(number, answer);
    const cd = isJson(sig.cd) ? sig.cd : {};
    if (facility(sig, "dialog_info_subscribe")) {
      this.#dialogs.set(number, textOf(cd.sip));
      return send({ type: "conn" });
    }
    const sip = this.#sipOf(cd);
    const user = this.options.users.find((user) => user.sip === sip);
    const queue = this.options.queues.find((queue) => queue.sip === sip);
    if (sip === undefined) return send({ type: "rel", cau: { num: 1 } });
    if (facility(sig, "im_setup")) {
      const dn = user?.name ?? queue?.name ?? sip;
      const chat = new ClientChat(sig, send, { sip, dn });
      this.#legs.set(number, chat);
      chat.proceed();
      chat.notify();
      this.onChat?.(chat, sip);
      this.chats.put(chat);
    } else {
      const call = new PhoneCall(sig, send, this.options.openMedia());
      this.#legs.set(number, call);
      call.proceed();
      call.ring();
      this.onCall?.(call, sip);
      this.calls.put(call);
    }
  }

  /** The object that `sip` or `num` names, if there is one. */
  #sipOf({ sip, num }: Json): string | undefined {
    const { users, queues } = this.options;
    const user = users.find((user) => user.sip === sip || user.num === num);
    return user?.sip ?? queues.find((queue) => queue.sip === sip)?.sip;
  }

  #answer(request: Json, result: Json | undefined): void {
    if (result === undefined) return;
    const { api, src } = request;
    const mt = `${request.mt}Result`;
    this.#send({ api, mt, ...(src !== undefined && { src }), ...result });
  }

  #signal(call: number, sig: Json): void {
    const src = this.#registration === "" ? {} : { src: this.#registration };
    this.#send({ api: "PbxSignal", mt: "Signaling", call, ...src, sig });
  }

  #send(message: Json): void {
    for (const sent of this.distort(message)) this.raw(sent);
  }

  #write(wire: Wire, message: Json): void {
    wire.send(JSON.stringify(message));
  }

  /** Returns how many messages of this type the service has sent. */
  count(mt: string): number {
    return listOf(this.received).filter((message) => message.mt === mt).length;
  }
}
