import { de as desk } from "../../desk/de.ts";
import type { AdminTexts } from "../texts.ts";

export const blocks: AdminTexts["blocks"] = {
  form: desk.block,
  title: "Gesperrte Besucher",
  lead:
    "Sie sehen in allen Widgets alle Ansprechpartner als nicht erreichbar. Gespeichert sind keine Adressen, sondern verschlüsselte Prüfsummen.",
  back: "Kontakte",
  until: "bis {time}",
  permanent: "dauerhaft",
  network: "Alle mit dieser Netzwerkadresse",
  visit: "Nur dieser Besuch",
  by: "von {name}, {time}",
  contact: "Kontakt mit {agent}",
  end: "Sperre aufheben",
  endLabel: "Sperre des Besuchers von {agent} aufheben, gesperrt {time}",
  ended: "Der Besucher ist nicht mehr gesperrt.",
  emptyTitle: "Niemand ist gesperrt",
  emptyText:
    "Ansprechpartner sperren einen Besucher am Arbeitsplatz, Administratoren in den Details eines Kontakts.",
};
