import { deepEqual, equal } from "node:assert/strict";
import { chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  FakeBrowser,
  installBrowser,
} from "@/tests/support/model/fake_browser.ts";
import type { Translate } from "../translate.ts";
import type { PageChat, TranscriptLine } from "./chat_state.ts";
import { newChat } from "./chat.ts";
import { saveChat } from "./transcript.ts";

const AT = new Date(2030, 0, 1, 9, 5).getTime();
const LINES: TranscriptLine[] = [
  { type: "note", note: "joined", name: "Ada", time: AT },
  { type: "own", id: "1", text: "Hello,\nAda", time: AT, seq: 1 },
  { type: "agent", name: "", seq: 2, text: "Hi", time: AT },
];

/** Saves a chat; returns the file's name and bytes, and whether its address is
 * released after a minute and not before. */
async function saved(visitor: string) {
  const clock = new FakeClock();
  const browser = new FakeBrowser(clock, chance(1), new Map());
  const link = {
    href: "",
    download: "",
    clicks: 0,
    click: () => link.clicks++,
  };
  Object.assign(browser.document, { createElement: () => link });
  const blobs = new Map<string, Blob>();
  const { createObjectURL, revokeObjectURL } = URL;
  using _browser = installBrowser(() => browser);
  Object.assign(URL, {
    createObjectURL: (blob: Blob) => (blobs.set("blob:1", blob), "blob:1"),
    revokeObjectURL: (url: string) => blobs.delete(url),
  });
  try {
    const chat: PageChat = {
      ...newChat({ id: "ada", name: "Ada" }, visitor, "c1"),
      lines: LINES,
    };
    const text: Translate = (key, values) =>
      `<${key} ${values?.["name"] ?? ""}>`;
    saveChat(chat, text, "en-GB");
    const file = blobs.get(link.href);
    clock.advance(59_999);
    const kept = blobs.size;
    clock.advance(1);
    return {
      name: link.download,
      clicks: link.clicks,
      type: file?.type,
      bytes: new Uint8Array(await file?.arrayBuffer() ?? []),
      held: [kept, blobs.size],
    };
  } finally {
    Object.assign(URL, { createObjectURL, revokeObjectURL });
  }
}

Deno.test("a saved chat is a text file with one row per line and the names of both sides", async () => {
  const { name, clicks, type, bytes, held } = await saved("Bob");

  deepEqual([name, clicks, type], ["Ada.txt", 1, "text/plain;charset=utf-8"]);
  // Programs on Windows recognize the encoding by this mark.
  deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  equal(
    new TextDecoder().decode(bytes),
    "01/01/2030, 09:05  <joined Ada>\n" +
      "01/01/2030, 09:05  Bob: Hello,\nAda\n" +
      "01/01/2030, 09:05  Ada: Hi\n",
  );
  deepEqual(held, [1, 0]);
});

Deno.test("a visitor without a name is called by the widget's own word", async () => {
  const { bytes } = await saved("");

  equal(
    new TextDecoder().decode(bytes).split("\n")[1],
    "01/01/2030, 09:05  <you >: Hello,",
  );
});
