import type { CallCommand, CallLeg } from "@/lib/contact/ports.ts";
import {
  type BankName,
  CallAgentMessage,
  type CallHomeMessage,
  type DialOpening,
} from "./agent_messages.ts";
import type { PlacedCall } from "./cluster_call.ts";
import type { Pipes } from "./pipes.ts";
import { RemoteLeg } from "./remote_leg.ts";

/** A call with an agent at another instance. It has no `leave`: the other
 * instance notices that this one is gone. */
export class RemoteCall implements CallLeg {
  readonly #leg: RemoteLeg<CallHomeMessage, CallAgentMessage>;

  constructor(
    request: PlacedCall,
    options: {
      pipes: Pick<Pipes, "open">;
      to: string;
      bank: BankName;
      onBadMessage(): void;
    },
  ) {
    const { call, before } = request;
    const { bank } = options;
    const opening: DialOpening = {
      ...{ open: "dial", bank, call },
      ...(before && { before }),
    };
    this.#leg = new RemoteLeg(
      opening,
      (cause) => ({ type: "hang-up", cause }),
      {
        ...options,
        schema: CallAgentMessage,
        tell: (event) => {
          if (event.type === "replaced") request.replaced();
          else request.tell(event);
        },
        onLost: () => request.lost(),
      },
    );
  }

  send(command: CallCommand): void {
    this.#leg.send(command);
  }

  forget(): void {
    this.#leg.leave({ type: "moved" });
  }
}
