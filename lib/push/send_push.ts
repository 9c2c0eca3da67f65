import { getLogger } from "@logtape/logtape";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Clock } from "@/lib/base/clock.ts";
import type { Counters } from "@/lib/base/counters.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import { pause } from "@/lib/base/pause.ts";
import type { PushDevice } from "@/lib/model/push_device.ts";
import { encryptFor } from "./encrypt.ts";
import type { PostPush } from "./post_push.ts";
import { vapidHeader } from "./vapid.ts";
import type { VapidKeys } from "./vapid_keys.ts";

const log = getLogger(["widgets", "push"]);

/** All pushes have the length of this many bytes of text. */
const TEXT_BYTES = 200;
/** Characters of a topic (RFC 8030, 5.4). */
const TOPIC_LENGTH_MAX = 32;
/** A push service that is overloaded or not reachable gets one more request. */
const AGAIN_MS = 1_000;

export type RingKind = "call" | "chat" | "callback";

/** The content of a push. It names no person and quotes nobody, so the browser's
 * lock screen shows neither. */
export type PushContent =
  | { type: "ring"; contact: string; kind: RingKind }
  /** The contact no longer rings, so its notification closes. */
  | { type: "over"; contact: string }
  | { type: "test" };

/**
 * - `sent`: the push service has accepted it.
 * - `gone`: the subscription no longer exists (404 or 410).
 * - `failed`: no answer, or another error.
 */
export type PushOutcome = "sent" | "gone" | "failed";

export interface SendOptions {
  keys: Pick<VapidKeys, "get">;
  post: PostPush;
  clock: Clock;
  counters: Counters;
}

/** Sends one push to one device. A push service keeps it for `forSeconds`. */
export class PushSender {
  readonly #options: SendOptions;

  constructor(options: SendOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async send(
    device: PushDevice,
    content: PushContent,
    forSeconds: number,
  ): Promise<PushOutcome> {
    const outcome = await this.#send(device, content, forSeconds);
    this.#options.counters.count("push_sent", { outcome });
    return outcome;
  }

  async #send(
    device: PushDevice,
    content: PushContent,
    forSeconds: number,
  ): Promise<PushOutcome> {
    const host = new URL(device.endpoint).hostname;
    try {
      const first = await this.#post(device, content, forSeconds)
        .catch((error: unknown) => errorMessage(error));
      if (typeof first === "number" && !isTemporary(first)) {
        return this.#outcome(host, first);
      }
      await pause(this.#options.clock, AGAIN_MS);
      const second = await this.#post(device, content, forSeconds);
      return this.#outcome(host, second);
    } catch (error) {
      log.warn("Could not push through {host}: {error}", { host, error });
      return "failed";
    }
  }

  #outcome(host: string, status: number): PushOutcome {
    if (status >= 200 && status < 300) return "sent";
    if (status === 404 || status === 410) return "gone";
    log.warn("Could not push through {host}: status {status}", {
      host,
      status,
    });
    return "failed";
  }

  async #post(
    { endpoint, p256dh, auth, lang, host }: PushDevice,
    content: PushContent,
    forSeconds: number,
  ): Promise<number> {
    const { keys, post, clock } = this.#options;
    const url = new URL(endpoint);
    const authorization = await vapidHeader(await keys.get(), {
      origin: url.origin,
      contact: `https://${host}`,
      now: clock.wall(),
    });
    const text = JSON.stringify({ ...content, lang });
    const { status } = await post({
      url,
      headers: {
        authorization,
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        ttl: String(forSeconds),
        urgency: "high",
        ..."contact" in content && { topic: topicOf(content.contact) },
      },
      body: encryptFor({ p256dh, auth }, text, TEXT_BYTES),
    });
    return status;
  }
}

/** An unsent push of the same contact is replaced. The topic is a hash, because
 * the push service reads it. */
function topicOf(contact: string): string {
  const hash = createHash("sha256").update(`topic:${contact}`).digest();
  return Buffer.from(hash).toString("base64url").slice(0, TOPIC_LENGTH_MAX);
}

function isTemporary(status: number): boolean {
  return status === 429 || status >= 500;
}
