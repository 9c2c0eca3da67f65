import { deepEqual } from "node:assert/strict";
import type { Inquiry } from "@/lib/model/inquiry.ts";
import { letterOf } from "./letter.ts";
import { isRefused } from "./smtp.ts";

const INQUIRY: Inquiry = {
  id: "m1",
  number: "7KQ4-2XHD",
  widget: "a".repeat(32),
  address: "ada",
  name: "Jonas",
  lang: "en",
  reply: "jonas@example.com",
  text: "Please\ncall me",
  at: 1_893_456_000_000,
  state: "open",
  notes: [],
};
const PLACE = {
  to: "shop@example.com",
  widget: "Shop",
  publicUrl: "https://widgets.example.com",
  timeZone: "UTC",
};

Deno.test("[MAIL1] an e-mail has the text of a message, and then all that is known of it", () => {
  const page = {
    url: "https://shop.example.com/a",
    title: "Shop",
    referrer: "",
  };

  deepEqual(letterOf({ ...INQUIRY, page }, PLACE), {
    to: "shop@example.com",
    subject: "Message 7KQ4-2XHD from Jonas",
    text: [
      "Please",
      "call me",
      "",
      "-- ",
      "From: Jonas",
      "Reply to: jonas@example.com",
      "For: ada",
      "Widget: Shop",
      "Language: en",
      "Page: https://shop.example.com/a",
      "Messages: https://widgets.example.com/messages?text=7KQ4-2XHD",
      "",
    ].join("\n"),
    messageId: "<7KQ4-2XHD.1893456000000@contact-widgets>",
    replyTo: { name: "Jonas", address: "jonas@example.com" },
  });
});

Deno.test("[MAIL1] an e-mail leaves out what isn't known, and has a reply address only for an e-mail address", () => {
  const inquiry = {
    ...INQUIRY,
    name: "",
    reply: "+49 30 1234567",
    address: "",
  };

  deepEqual(letterOf(inquiry, { ...PLACE, widget: "", publicUrl: "" }), {
    to: "shop@example.com",
    subject: "Message 7KQ4-2XHD",
    text: "Please\ncall me\n\n-- \nReply to: +49 30 1234567\nLanguage: en\n",
    messageId: "<7KQ4-2XHD.1893456000000@contact-widgets>",
  });
});

Deno.test("[MAIL3] only a recipient or a content that is refused with 500 or more is so for good", () => {
  const command = "RCPT TO";
  const forGood = [
    { command, responseCode: 500 },
    { command: "DATA", responseCode: 550 },
  ];
  const forNow = [
    { command, responseCode: 499 },
    { command: "AUTH LOGIN", responseCode: 535 },
    { responseCode: 550 },
    { command, responseCode: "550" },
    new Error("connection lost"),
    "550",
    null,
  ];

  deepEqual(forGood.filter(isRefused), forGood);
  deepEqual(forNow.filter(isRefused), []);
});
