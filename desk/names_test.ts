import { deepEqual } from "node:assert/strict";
import { en } from "@/lib/i18n/desk/en.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import { newCall, newChat } from "./desk_state.ts";
import { nameOf, pageOf, ringTitle, shortUrl, webUrl } from "./names.ts";

const CALL = { id: "1", visitor: ADA, since: 0, state: "ringing" } as const;
const CHAT = { ...CALL, here: true, visitorRead: 0, agentRead: 0 } as const;

Deno.test("an incoming contact shows the visitor's name and the kind of contact", () => {
  const nobody = { ...ADA, name: "" };
  const items = [
    newChat(CHAT),
    newCall({ ...CALL, media: "voice" }),
    newCall({ ...CALL, media: "video" }),
    newChat({ ...CHAT, visitor: nobody }),
  ];

  deepEqual(items.map((item) => ringTitle(item, en)), [
    "Ada wants to chat",
    "Ada is calling",
    "Ada is calling with video",
    `${en.someone} wants to chat`,
  ]);
  deepEqual(items.map((item) => nameOf(item, en)), [
    ...["Ada", "Ada", "Ada"],
    en.someone,
  ]);
});

Deno.test("the visitor's page is named by its title, otherwise by host and path", () => {
  const { page: _, ...without } = ADA;
  const page = (url: string, title = "") =>
    pageOf({ ...ADA, page: { url, title, referrer: "" } });

  const pages = [
    page("https://example.com/p", "Prices"),
    page("https://example.com/p?q=1"),
    page("https://example.com/"),
    page("javascript:alert(1)"),
    page("no address"),
  ];

  deepEqual(pages, [
    { label: "Prices", href: "https://example.com/p" },
    { label: "example.com/p", href: "https://example.com/p?q=1" },
    { label: "example.com", href: "https://example.com/" },
    { label: "alert(1)", href: undefined },
    { label: "no address", href: undefined },
  ]);
  deepEqual(pageOf(without), undefined);
});

Deno.test("only http and https addresses are links", () => {
  const urls = [
    "http://example.com",
    "https://example.com",
    "file:///etc/passwd",
    "data:text/html,x",
    "httpsx://example.com",
    "",
  ].map(webUrl);

  deepEqual(urls, [
    "http://example.com/",
    "https://example.com/",
    ...Array(4).fill(undefined),
  ]);
  deepEqual(shortUrl("https://example.com:8443/a/"), "example.com:8443/a/");
});
