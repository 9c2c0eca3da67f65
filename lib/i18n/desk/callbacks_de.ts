import type { DeskTexts } from "./texts.ts";

export const callbacks: DeskTexts["callbacks"] = {
  due: "Jetzt zurückrufen: {name}",
  taken: "Sie rufen zurück: {name}",
  ring: "{ring}. von {rings} Versuchen",
  take: "Rückruf übernehmen",
  hide: "Nicht ich",
  call: "Anrufen",
  done: "Erledigt",
  missed: "Nicht erreicht",
  gone:
    "Den Rückruf hat bereits jemand übernommen, oder er klingelt nicht mehr.",
  failed: "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.",
};
