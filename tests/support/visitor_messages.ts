import { palettes } from "@/lib/base/palette.ts";
import { DEFAULT_APPEARANCE } from "@/lib/model/appearance.ts";
import { en } from "@/lib/i18n/widget/en.ts";
import type {
  Info,
  SessionInfo,
} from "@/lib/protocol/visitor/session_messages.ts";

/** The strings of a widget that takes no messages. */
const { leaveMessage: _, leaveName: __, ...PLAIN } = en;

/** A Session of the visitor's wire, as a test needs it. It takes messages if its
 * strings are those of a language. */
export function session(
  own: Partial<SessionInfo> = {},
  options: Partial<SessionInfo["options"]> = {},
): SessionInfo {
  return {
    mt: "Session",
    name: "Test",
    lang: "en",
    strings: PLAIN,
    type: "cardset",
    options: {
      ...DEFAULT_APPEARANCE,
      consent: "",
      visitorName: "",
      sendPage: false,
      palettes: palettes(options.colors ?? DEFAULT_APPEARANCE.colors),
      ...options,
    },
    resume: "token",
    v: 1,
    ...own,
  };
}

/** An Info of the visitor's wire, as a test needs it. */
export function info(own: Partial<Info> = {}): Info {
  return {
    mt: "Info",
    id: "atlantis",
    dn: "Atlantis",
    department: "",
    phonenumber: "",
    email: "",
    company: {},
    presence: "online",
    media: ["voice", "video", "chat"],
    order: 0,
    picture: "",
    ...own,
  };
}
