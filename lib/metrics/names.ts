import { CAUSE } from "@/lib/base/causes.ts";
import { CONTACT_MEDIA } from "@/lib/model/media.ts";

/** The prefix of all metrics. */
export const PREFIX = "contact_widgets_";

interface CountedName {
  help: string;
  /**
   * Labels with their known values. Each combination is 0 from the start,
   * because Prometheus misses the first event of a counter that appears with
   * it. Only `cause` can have other values, which a PBX sends.
   */
  labels: Readonly<Record<string, readonly string[]>>;
}

const YES_NO = ["true", "false"];

/** Counters of the rooms by name (lib/base/counters.ts), with help text and
 * labels. */
export const COUNTED: Readonly<Record<string, CountedName>> = {
  visitor_started: {
    help: "Pages that began to show a widget; resumed: after a lost connection",
    labels: { resumed: YES_NO },
  },
  visitor_opened: {
    help: "Visits in which the widget was opened, or its agents reached",
    labels: {},
  },
  statistics_lost: {
    help: "What the statistics could not keep: see the log, or too much waits",
    labels: {},
  },
  visitor_closed: {
    help: "Sockets of visitors that the service has closed, by close code",
    labels: {
      code: [
        ...["1009", "1011", "1012", "1013"],
        ...["4400", "4403", "4404", "4408", "4409", "4429"],
      ],
    },
  },
  visitor_limited: {
    help: "What visitors were refused, by the limit that was reached",
    labels: {
      limit: [
        "sockets",
        "socketsPerAddress",
        "socketsPerWidget",
        "startsPerAddressPerMinute",
        "messagesPerWindow",
        "unsentBytes",
        "stalledMs",
        "picturesPerAgent",
        "contactsPerMinute",
        "contactsPerAddressPerMinute",
        "contactsAtOncePerAddress",
      ],
    },
  },
  socket_cut: {
    help:
      "Sockets ended for what they sent or did not read, by door and reason",
    labels: {
      door: ["visitor", "desk", "pbx"],
      why: ["silent", "unread", "frame", "binary", "talks-on"],
    },
  },
  visitor_unproven: {
    help: "Calls and chats refused for want of a proof of work, by the reason",
    labels: { reason: ["old-page", "unasked", "late", "wrong", "too-much"] },
  },
  contact_started: {
    help: "Calls and chats that visitors began",
    labels: { media: CONTACT_MEDIA },
  },
  contact_ended: {
    help: "Calls and chats that are over, by Q.850 cause",
    labels: {
      media: CONTACT_MEDIA,
      cause: Object.values(CAUSE).map(String),
      answered: YES_NO,
    },
  },
  chat_writes_failed: {
    help:
      "Times that running chats were not kept: the store was late, or refused",
    labels: { why: ["chat", "late", "refused"] },
  },
  sign_ins: {
    help: "Attempts to sign in with a password, by result",
    labels: { result: ["ok", "wrong", "throttled"] },
  },
  unhandled_rejections: {
    help: "Promises rejected without a handler: a bug, please report it",
    labels: {},
  },
  http_answers: {
    help: "Pages, API and files that were asked for, but for the widget's own",
    labels: { status: ["2xx", "3xx", "4xx", "5xx"] },
  },
};

/** Seconds from a change of presence to the write to the last socket. */
export const FAN_OUT_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];
/** Seconds that timers are late because the process is busy. */
export const LAG_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
/** Seconds to answer an HTTP request. */
export const HTTP_SECONDS = [0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 5];
/** Seconds that visitors wait for an agent's answer. */
export const ANSWER_SECONDS = [1, 2, 5, 10, 20, 30, 60, 120];
