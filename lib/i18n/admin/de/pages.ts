import type { AdminTexts } from "../texts.ts";

export const pages: AdminTexts["pages"] = {
  notFoundTitle: "Seite nicht gefunden",
  notFound: "Vielleicht ist die Adresse falsch, oder die Seite wurde gelöscht.",
  forbiddenTitle: "Kein Zugriff",
  forbidden:
    "Diese Seite ist nur für Administratoren. Fragen Sie einen Administrator oder melden Sie sich mit einem anderen Konto an.",
  failedTitle: "Etwas ist schiefgegangen",
  failed:
    "Im Dienst ist ein Fehler aufgetreten. Versuchen Sie es erneut. Wenn er wieder auftritt, findet ein Administrator Einzelheiten im Protokoll des Dienstes.",
  refusedTitle: "Das hat nicht funktioniert",
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
      "Elf Maße und eine kurze Fahrt sagen uns, was Ihr Rahmen braucht.",
    partsTitle: "Teile, die halten",
    partsText: "Alles lässt sich mit gewöhnlichem Werkzeug reparieren.",
    serviceTitle: "Service, solange Sie fahren",
    serviceText: "Einmal im Jahr kommt Ihr Rad nach Hause und geht wie neu.",
  },
  contactTitle: "Sprechen Sie mit uns",
  contactText:
    "Fragen zu einem Rahmen, einer Bestellung oder einer Reparatur? Unser Team in der Werkstatt hilft Ihnen gern.",
  footer: "Eine erfundene Firma, um das Widget auf einer Seite zu zeigen.",
};
