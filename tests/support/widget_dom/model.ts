import type {
  Info,
  SessionInfo,
} from "@/lib/protocol/visitor/session_messages.ts";
import { translator } from "@/widget/translate.ts";
import type { Model } from "@/widget/view/model.ts";

/** The input of both renderers. */
export interface Shown {
  session: SessionInfo;
  cards: Info[];
  help: string;
  notice: string;
  running: boolean;
  picture: string;
}

/** A model that does nothing when it is pressed. */
export function modelOf(shown: Shown): Model {
  const nothing = () => {};
  const text = translator(shown.session.strings);
  return {
    ...shown,
    picture: () => shown.picture,
    text,
    nobody: text("nobody"),
    drawn: 100,
    open: false,
    panel: undefined,
    act: {
      expand: nothing,
      collapse: nothing,
      hushHelp: nothing,
      contact: nothing,
    },
  };
}
