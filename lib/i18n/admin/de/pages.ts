import type { AdminTexts } from "../texts.ts";

export const pages: AdminTexts["pages"] = {
  notFoundTitle: "Hier ist nichts",
  notFound:
    "Vielleicht ist die Adresse vertippt, oder was hier war, wurde gelöscht.",
  forbiddenTitle: "Ihr Konto darf das nicht sehen",
  forbidden:
    "Diese Seite ist für Administratoren. Fragen Sie einen, oder melden Sie sich mit einem anderen Konto an.",
  failedTitle: "Etwas ist schiefgegangen",
  failed:
    "Der Dienst hatte einen Fehler. Versuchen Sie es erneut; wenn er bleibt, findet ein Administrator mehr im Protokoll des Dienstes.",
  refusedTitle: "Das hat nicht geklappt",
  refused:
    "Der Dienst hat mit {status} geantwortet. Gehen Sie zurück und versuchen Sie es erneut.",
  toStart: "Zur Startseite",
  toDesk: "Zum Arbeitsplatz",
  previewBar: "Vorschau von „{name}“, wie Besucher es sehen",
  previewToAdmin: "Zur Verwaltung",
  company: "Lindgrund Fahrräder",
  navigation: {
    shop: "Fahrräder",
    workshop: "Werkstatt",
    about: "Über uns",
    contact: "Kontakt",
  },
  heroTitle: "Einmal gebaut. Jahrzehnte gefahren.",
  heroText:
    "Stahlrahmen nach Maß aus unserer Werkstatt am Fluss. Sie sagen, wo Sie fahren, wir bauen das Rad dafür.",
  heroAction: "Anprobe vereinbaren",
  features: {
    frameTitle: "Ihre Maße",
    frameText:
      "Elf Zahlen und eine kurze Fahrt sagen uns, wie der Rahmen sein muss.",
    partsTitle: "Teile, die halten",
    partsText:
      "Nichts daran, das sich nicht mit gewöhnlichem Werkzeug reparieren lässt.",
    serviceTitle: "Service, solange Sie fahren",
    serviceText: "Einmal im Jahr kommt Ihr Rad nach Hause und geht wie neu.",
  },
  contactTitle: "Sprechen Sie mit uns",
  contactText:
    "Fragen zu einem Rahmen, einer Bestellung oder einer Reparatur? Wer gerade in der Werkstatt ist, antwortet gern.",
  footer: "Eine erfundene Firma, um das Widget auf einer Seite zu zeigen.",
};
