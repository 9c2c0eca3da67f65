import { equal, match, ok } from "node:assert/strict";
import { chromiumOffer, werift } from "@/tests/support/channel_samples.ts";
import { answerForPage, fromPage, offerForPage, sendsKeys } from "./mod.ts";

const NAMED = { coder: "telephone-event", pt: 97 };

function answered(offer: string, channels: unknown = werift): string {
  const read = fromPage(offer, "video");
  ok(read.ok);
  const answer = answerForPage(channels, read.value.page, 1);
  ok(answer.ok);
  return answer.value;
}

Deno.test("[P48] an answer has key events with the payload type that phones expect", () => {
  const answer = answered(chromiumOffer);

  match(answer, /m=audio 34672 UDP\/TLS\/RTP\/SAVPF 111 101\r\n/);
  match(answer, /a=rtpmap:101 telephone-event\/8000\r\n/);
  equal(answer.match(/telephone-event/g)?.length, 1);
});

Deno.test("[P48] the PBX's payload type for key events wins", () => {
  const named = { ...werift, ch: [...werift.ch, NAMED] };

  match(answered(chromiumOffer, named), /a=rtpmap:97 telephone-event\/8000/);
});

Deno.test("[P48] the page's own payload type is used if 101 belongs to another coder", () => {
  const taken = chromiumOffer.replaceAll(":63 ", ":101 ")
    .replace(" 111 63 9 ", " 111 101 9 ");

  match(answered(taken), /SAVPF 111 126\r\n/);
  match(answered(taken), /a=rtpmap:126 telephone-event\/8000/);
});

Deno.test("[P48] the page's key event parameters are kept", () => {
  const limited = chromiumOffer.replace(
    "a=rtpmap:126 ",
    "a=fmtp:126 0-15\r\na=rtpmap:126 ",
  );

  match(answered(limited), /a=fmtp:101 0-15\r\n/);
});

Deno.test("[P48] a page that didn't offer key events gets none in the answer", () => {
  const none = chromiumOffer.replaceAll("telephone-event", "unknown");
  const read = fromPage(none, "voice");

  equal(answered(none).includes("telephone-event"), false);
  ok(read.ok);
  equal(sendsKeys(read.value.page), false);
});

Deno.test("[P48] an offer from the PBX keeps the call's key events", () => {
  const read = fromPage(chromiumOffer, "voice");
  ok(read.ok);
  const { page } = read.value;

  const offer = offerForPage(werift, page, { version: 2, allowed: "voice" });
  ok(offer.ok);
  const back = fromPage(offer.value, "voice");

  match(offer.value, /a=rtpmap:101 telephone-event\/8000/);
  ok(back.ok);
  equal(sendsKeys(back.value.page), true);
});

Deno.test("[P48] key events alone don't count as audio", () => {
  const read = fromPage(chromiumOffer, "voice");
  ok(read.ok);

  const answer = answerForPage({ ...werift, ch: [NAMED] }, read.value.page, 1);

  equal(answer.ok ? "answered" : answer.error.reason, "no-audio");
});

Deno.test("[P48] the PBX is offered audio coders but no key events", () => {
  const read = fromPage(chromiumOffer, "voice");

  ok(read.ok);
  equal(
    read.value.channels.ch.some(({ coder }) => coder === "telephone-event"),
    false,
  );
});
