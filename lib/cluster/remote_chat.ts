import type {
  ChatCommand,
  ChatEntry,
  ChatLeg,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import {
  AGENT_LIMITS,
  type BankName,
  ChatAgentMessage,
  type ChatHomeMessage,
  type ChatOpening,
} from "./agent_messages.ts";
import type { ChatRequest } from "./cluster_chat.ts";
import type { Pipes } from "./pipes.ts";
import { RemoteLeg } from "./remote_leg.ts";

/** A chat with an agent at another instance. */
export class RemoteChat implements ChatLeg {
  readonly #leg: RemoteLeg<ChatHomeMessage, ChatAgentMessage>;

  constructor(
    request: ChatRequest,
    { onBadMessage, ...options }: {
      pipes: Pick<Pipes, "open">;
      to: string;
      bank: BankName;
      onBadMessage(): void;
    },
  ) {
    const { chat, before } = request;
    const entries = chat.log.since(0);
    this.#leg = new RemoteLeg(
      openingOf(chat, {
        bank: options.bank,
        entries: entries.length,
        ...(before && { before }),
      }),
      (cause) => ({ type: "close", cause }),
      {
        ...options,
        onBadMessage,
        schema: ChatAgentMessage,
        tell: (event) => tell(event, request),
        onLost: () => request.lost(),
      },
    );
    for (const part of partsOf(entries)) {
      this.#leg.send({ type: "log", entries: part });
    }
  }

  send(command: ChatCommand): void {
    this.#leg.send(command);
  }

  forget(): void {
    this.#leg.leave({ type: "moved" });
  }
}

function tell(event: ChatAgentMessage, request: ChatRequest): void {
  switch (event.type) {
    case "unknown":
      return request.refused();
    case "replaced":
      return request.replaced();
    default:
      return request.tell(event);
  }
}

function openingOf(
  { log: _, ...chat }: OutgoingChat,
  rest: Pick<ChatOpening, "bank" | "entries" | "before">,
): ChatOpening {
  return { open: "chat", chat, ...rest };
}

/** Divides entries so that each part fits in one message. */
function partsOf(entries: readonly ChatEntry[]): ChatEntry[][] {
  const parts: ChatEntry[][] = [];
  let characters = 0;
  for (const entry of entries) {
    const last = parts.at(-1);
    const isFull = last === undefined ||
      last.length >= AGENT_LIMITS.entriesPerMessage ||
      characters + entry.text.length > AGENT_LIMITS.charactersPerMessage;
    if (isFull) parts.push([entry]);
    else last.push(entry);
    characters = (isFull ? 0 : characters) + entry.text.length;
  }
  return parts;
}
