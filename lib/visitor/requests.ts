import { assertNever } from "@/lib/base/assert_never.ts";
import { RateWindow } from "@/lib/base/rate_window.ts";
import type { Peer } from "@/lib/base/socket.ts";
import type { Result } from "@/lib/base/result.ts";
import type { ChatInput } from "@/lib/contact/chat_state.ts";
import type { ContactRequest } from "@/lib/contact/seat_contacts.ts";
import type { ContactMedia } from "@/lib/model/media.ts";
import type {
  CallMoveMessage,
  ChannelsMessage,
  ClientMessage,
} from "@/lib/protocol/visitor/client_messages.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import { PageInquiries } from "./inquiries.ts";
import { limited } from "./limits.ts";
import type { LiveWidget } from "./live_widget.ts";
import { isOwnPage } from "./origin.ts";
import type { Page, StartedPage } from "./page.ts";
import { PagePictures } from "./page_pictures.ts";
import { Proofs } from "./proofs.ts";
import type { Seat } from "./seat.ts";
import type { AfterStart } from "./socket_state.ts";
import type { VisitorContext } from "./visitor_context.ts";
import {
  allow,
  type Asked,
  away,
  type NotAllowed,
  notMade,
  stopping,
  tooMany,
} from "./contact_requests.ts";

/** Time to wait if an address has its maximum number of contacts. */
const FULL_RETRY_SECONDS = 60;

type CreateCall = Extract<ClientMessage, { mt: "CreateCall" }>;
type CreateChat = Extract<ClientMessage, { mt: "CreateChat" }>;
type ChatMessage = Extract<ClientMessage, { mt: "ChatMessage" }>;

/** The requests of a page after Start: answered here, or passed to the
 * bridge. */
export class Requests {
  readonly #context: VisitorContext;
  readonly #started: StartedPage;
  readonly #live: LiveWidget;
  readonly #seat: Seat;
  readonly #page: Page;
  readonly #peer: Peer;
  readonly #pictures: PagePictures;
  #isTurnWithheld = false;
  /** Created on first use, because most visitors only look. */
  #proofs: Proofs | undefined;
  /** Created on first use, like the proofs. */
  #inquiries: PageInquiries | undefined;
  readonly #contacts: RateWindow;

  constructor(context: VisitorContext, started: StartedPage) {
    this.#context = context;
    this.#contacts = new RateWindow(context.limits.contactsPerMinute, 60_000);
    this.#started = started;
    this.#pictures = new PagePictures(context, started);
    this.#live = started.live;
    this.#seat = started.seat;
    this.#page = started.page;
    this.#peer = started.peer;
    if (started.seat.begun?.running) {
      context.contacts.add(started.seat, started.peer.address);
    }
  }

  /** The widget was saved, so its pictures may have changed. */
  renew(): void {
    this.#pictures.renew();
    this.#proofs?.renew();
  }

  /** The page is closed, or its seat belongs to another socket. */
  close(): void {
    this.#proofs?.close();
  }

  answer(message: AfterStart): void {
    // A repetition after a lost socket is not checked twice.
    if (isCreate(message) && this.#seat.begun?.knows(message.contact)) return;
    if (this.#needsWork(message)) this.#proofs ??= this.#makeProofs();
    if (this.#proofs?.admits(message) === false) return;
    switch (message.mt) {
      case "GetPicture":
        return this.#pictures.send(message.id);
      case "Opened":
        return this.#opened();
      case "GetIceConfig":
        return this.#ice();
      case "GetChallenge":
        return this.#proofs?.challenge();
      case "Proof":
        return this.#proofs?.prove(message);
      case "CreateCall":
        return this.#call(message);
      case "Channels":
        return this.#channels(message);
      case "CallMove":
        return this.#move(message);
      case "Dtmf":
        return this.#seat.contacts.call.dispatch({
          type: "dtmf",
          digits: message.digits,
        });
      case "ClearCall":
        return this.#seat.contacts.call.dispatch({ type: "clear" });
      case "CreateChat":
        return this.#chat(message);
      case "ChatMessage":
        return this.#message(message);
      case "ChatTyping":
        return this.#toChat({ type: "typing", typing: message.typing });
      case "ChatRead":
        return this.#toChat({ type: "read", seq: message.seq });
      case "KeepChat":
        return this.#toChat({ type: "keep" });
      case "ClearChat":
        return this.#toChat({ type: "clear" });
      case "GetCallbackTimes":
        return void this.#left.tellTimes(message);
      case "LeaveMessage":
        this.#opened();
        return void this.#left.leave(message);
      default:
        return assertNever(message);
    }
  }

  get #left(): PageInquiries {
    return this.#inquiries ??= new PageInquiries(this.#context, this.#started);
  }

  #toChat(input: ChatInput): void {
    this.#seat.contacts.chat.dispatch(input);
  }

  #needsWork({ mt }: AfterStart): boolean {
    return /^(Create|GetChallenge|LeaveMessage|Proof)/.test(mt) &&
      this.#isProtected;
  }

  get #isProtected(): boolean {
    return this.#live.widget.content.protection !== "off";
  }

  /** V41: before its Proof, the page gets no TURN server. It gets an answer
   * anyway, because some pages ask in order to check the connection. */
  #ice(): void {
    const { ice, turnUsers } = this.#context;
    const user = this.#seat.iceUser ??= turnUsers.name(
      this.#peer.address,
      this.#seat.token,
    );
    const config = ice(user);
    this.#isTurnWithheld = config.turn !== "" && this.#isProtected &&
      !this.#seat.hasProven;
    const { mt, stun } = config;
    const shown: IceConfig = this.#isTurnWithheld
      ? { mt, stun, turn: "", turnAfterProof: true }
      : config;
    this.#page.tell(shown);
  }

  #proven(): void {
    this.#seat.hasProven = true;
    if (this.#isTurnWithheld) this.#ice();
  }

  #makeProofs(): Proofs {
    return new Proofs(this.#context, this.#started, {
      admit: (message) => this.answer(message),
      proven: () => this.#proven(),
    });
  }

  /** An older page does not send Opened, but a page that calls or writes has
   * opened the widget. */
  #opened(): void {
    if (!this.#seat.open()) return;
    this.#context.counters.count("visitor_opened");
    const { widget } = this.#seat;
    if (!isOwnPage(this.#peer)) {
      this.#context.happened({ type: "opened", widget });
    }
  }

  #call(message: CreateCall): void {
    const request = this.#allow(message, ["voice", "video"]);
    if (!request.ok) return this.#notMade(message, request.error);
    this.#opened();
    const agent = this.#live.agent(message.dest);
    const video = agent?.media.includes("video") ?? false;
    const { contacts } = this.#seat;
    const id = contacts.createCall({ ...request.value, video });
    this.#remember(id, request.value);
  }

  #chat(message: CreateChat): void {
    const request = this.#allow(message, ["chat"]);
    if (request.ok) {
      this.#opened();
      const id = this.#seat.contacts.createChat(request.value);
      return this.#remember(id, request.value);
    }
    this.#notMade(message, request.error);
  }

  /** V54: the agent, or each agent of a team, can block this visitor. */
  #remember(contact: string, { address, route }: ContactRequest): void {
    const { visit, widget } = this.#seat;
    const agents = route?.steps.flatMap((step) => step.agents);
    const source = {
      ...{ visit, widget, address, peer: this.#peer },
      ...(agents && { agents: [...new Set(agents)] }),
    };
    this.#context.blocks.remember(contact, source);
  }

  #channels({ mt: _, contact, peer, ...channels }: ChannelsMessage): void {
    const named = { ...contact && { contact }, ...peer && { peer } };
    this.#seat.contacts.call.dispatch({ type: "channels", channels, ...named });
  }

  #move({ mt: _, contact, ...move }: CallMoveMessage): void {
    const named = contact && { contact };
    this.#seat.contacts.call.dispatch({ type: "move", move, ...named });
  }

  #message({ mt: _, ...said }: ChatMessage): void {
    this.#seat.contacts.chat.dispatch({ type: "message", ...said });
  }

  #notMade(create: CreateCall | CreateChat, why: NotAllowed): void {
    this.#page.tell(why.error);
    this.#page.tell(notMade(create, why));
  }

  #allow(
    asked: Asked,
    media: readonly ContactMedia[],
  ): Result<ContactRequest, NotAllowed> {
    if (this.#context.seats.isStopping) return stopping();
    if (this.#page.blockedBy !== undefined) {
      this.#context.counters.count("visitor_blocked");
      return away();
    }
    const retryAfter = this.#waitForContact();
    if (retryAfter > 0) return tooMany(retryAfter);
    const kind = media.includes("chat") ? "chat" : "call";
    const { contacts } = this.#context;
    if (!contacts.hasRoom(this.#seat, kind, this.#peer.address)) {
      limited(this.#context, "contactsAtOncePerAddress");
      return tooMany(FULL_RETRY_SECONDS);
    }
    contacts.add(this.#seat, this.#peer.address);
    const lang = this.#live.languageFor(this.#page.lang);
    return allow(this.#live, { asked, media, lang });
  }

  /** Counts a call or chat. Returns 0 if it is allowed, otherwise the seconds
   * to wait. */
  #waitForContact(): number {
    const now = this.#context.clock.now();
    const ownWait = this.#contacts.take(now);
    if (ownWait > 0) {
      limited(this.#context, "contactsPerMinute");
      return ownWait;
    }
    const { addresses } = this.#context;
    const wait = addresses.contact(this.#peer.address);
    if (wait > 0) limited(this.#context, "contactsPerAddressPerMinute");
    return wait;
  }
}

function isCreate(message: AfterStart): message is CreateCall | CreateChat {
  return message.mt === "CreateCall" || message.mt === "CreateChat";
}
