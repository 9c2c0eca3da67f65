import type { CallPageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type { CallLegEvent } from "./call_leg_state.ts";
import type { Pages } from "./pages.ts";

/** Converts a message of the page that has the call. */
export function eventOf(
  page: string,
  message: Exclude<
    CallPageMessage,
    { type: "call-take" } | { type: "call-decline" }
  >,
  pages: Pick<Pages, "account" | "nameOf">,
): CallLegEvent {
  switch (message.type) {
    case "call-answer":
      return { type: "answer", page, sdp: message.sdp };
    case "call-hang-up":
      return { type: "hang-up", page, trouble: message.trouble ?? false };
    case "call-media":
      return { type: "media", page, media: message.media };
    case "call-hold":
      return { type: "hold", page, held: message.held };
    case "call-hand-over": {
      const { handover: id, to, note } = message;
      const { name, displayName: by } = pages.account;
      const isOwn = to.toLowerCase() === name.toLowerCase();
      const colleague = isOwn ? undefined : pages.nameOf(to);
      return { type: "hand-over", page, id, to, colleague, by, note };
    }
    case "call-withdraw":
      return { type: "withdraw", page };
  }
}
