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
    help: "Pages that started to show a widget, by resumed session",
    labels: { resumed: YES_NO },
  },
  visitor_opened: {
    help: "Visits in which the visitor opened the widget, called or wrote",
    labels: {},
  },
  statistics_lost: {
    help:
      "Events missing in the statistics: failed writes, or too many waiting",
    labels: {},
  },
  visitor_closed: {
    help: "Visitors' sockets closed by the service, by close code",
    labels: {
      code: [
        ...["1001", "1009", "1011", "1012", "1013"],
        ...["4400", "4403", "4404", "4408", "4409", "4429"],
      ],
    },
  },
  visitor_blocked: {
    help: "Calls and chats of blocked visitors that were rejected",
    labels: {},
  },
  visitor_limited: {
    help: "Visitor requests rejected by a limit, by limit",
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
        "leftPerMinute",
        "leftPerAddressPerHour",
        "leftPerWidgetPerHour",
        "callbackTimesPerMinute",
        "callbacksPerNumberPerDay",
      ],
    },
  },
  socket_cut: {
    help: "Sockets terminated by the service, by endpoint and reason",
    labels: {
      door: ["visitor", "desk", "pbx"],
      why: ["silent", "unread", "frame", "binary", "talks-on"],
    },
  },
  visitor_unproven: {
    help: "Calls and chats rejected for lack of a proof of work, by reason",
    labels: { reason: ["old-page", "unasked", "late", "wrong", "too-much"] },
  },
  push_sent: {
    help: "Notifications sent to agents whose desk is closed, by outcome",
    labels: { outcome: ["sent", "gone", "failed"] },
  },
  contact_started: {
    help: "Calls and chats begun by visitors, by medium",
    labels: { media: CONTACT_MEDIA },
  },
  contact_ended: {
    help: "Ended calls and chats, by medium, Q.850 cause and answer",
    labels: {
      media: CONTACT_MEDIA,
      cause: Object.values(CAUSE).map(String),
      answered: YES_NO,
    },
  },
  chat_writes_failed: {
    help: "Failed writes of running chats, by reason",
    labels: { why: ["chat", "late", "refused"] },
  },
  chats_claimed: {
    help: "Chats continued after their process or instance has stopped or died",
    labels: {},
  },
  sign_ins: {
    help: "Sign-ins with a password, by result",
    labels: { result: ["ok", "wrong", "throttled"] },
  },
  unhandled_rejections: {
    help: "Unhandled promise rejections (bugs; please report them)",
    labels: {},
  },
  cluster_bad_frames: {
    help: "Messages of other instances that could not be read and were dropped",
    labels: {},
  },
  cluster_resent_frames: {
    help: "Messages to other instances that were sent again after a loss",
    labels: {},
  },
  http_answers: {
    help: "HTTP responses except the widget's files, by status class",
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
