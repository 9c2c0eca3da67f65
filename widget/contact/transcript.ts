import type { Translate } from "../translate.ts";
import type { Chat, Line } from "./chat.ts";

/** A chat as a text file for people: one line a message, times in `lang`. */
export function transcript(chat: Chat, text: Translate, lang: string): string {
  const time = new Intl.DateTimeFormat(lang, {
    dateStyle: "short",
    timeStyle: "short",
  });
  const row = (line: Line) =>
    `${time.format(line.time)}  ${sentence(line, chat, text)}`;
  return `${chat.lines.map(row).join("\n")}\n`;
}

function sentence(line: Line, chat: Chat, text: Translate): string {
  switch (line.type) {
    case "own":
      return `${chat.visitor || text("you")}: ${line.text}`;
    case "agent":
      return `${chat.agent.name}: ${line.text}`;
    case "note":
      return text(line.note, { name: line.name });
  }
}

/** Hands the visitor a file. Nothing of it leaves the browser. */
export function saveFile(name: string, content: string): void {
  const url = URL.createObjectURL(
    new Blob(["\ufeff", content], { type: "text/plain;charset=utf-8" }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
