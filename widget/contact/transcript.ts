import type { Translate } from "../translate.ts";
import type { PageChat, TranscriptLine } from "./chat_state.ts";

// Loads when a visitor asks for it: few do.

/** Hands the visitor the chat as a file. Nothing of it leaves the browser. */
export function saveChat(
  chat: PageChat,
  text: Translate,
  lang: string,
): void {
  saveFile(`${chat.agent.name}.txt`, transcript(chat, text, lang));
}

/** A chat as a text file for people: one line a message, times in `lang`. */
function transcript(chat: PageChat, text: Translate, lang: string): string {
  const time = new Intl.DateTimeFormat(lang, {
    dateStyle: "short",
    timeStyle: "short",
  });
  const row = (line: TranscriptLine) =>
    `${time.format(line.time)}  ${sentence(line, chat, text)}`;
  return `${chat.lines.map(row).join("\n")}\n`;
}

function sentence(
  line: TranscriptLine,
  chat: PageChat,
  text: Translate,
): string {
  switch (line.type) {
    case "own":
      return `${chat.visitor || text("you")}: ${line.text}`;
    case "agent":
      return `${line.name || chat.agent.name}: ${line.text}`;
    case "note":
      return text(line.note, { name: line.name });
  }
}

function saveFile(name: string, content: string): void {
  const url = URL.createObjectURL(
    new Blob(["\ufeff", content], { type: "text/plain;charset=utf-8" }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
