import type { DeskTexts } from "./texts.ts";

/** The texts of the desk about notifications while it is closed. */
export const push: DeskTexts["push"] = {
  row: "Bei geschlossenem Arbeitsplatz",
  rowOff: "Sie werden nicht benachrichtigt.",
  rowOn: "Dieses Gerät benachrichtigt Sie.",
  rowElsewhere: {
    one: "{count} anderes Gerät benachrichtigt Sie.",
    other: "{count} andere Geräte benachrichtigen Sie.",
  },
  setUp: "Einrichten",
  title: "Benachrichtigungen bei geschlossenem Arbeitsplatz",
  close: "Schließen",
  text:
    "Mit mindestens einem Gerät sehen Besucher Sie auch dann als verfügbar, wenn Sie den Arbeitsplatz schließen, solange Ihre Anwesenheit „Online“ ist. Bei einem Anruf, Chat oder Rückruf werden Ihre Geräte benachrichtigt. Ein Anruf klingelt 90 Sekunden, damit Ihnen Zeit bleibt, den Arbeitsplatz zu öffnen.",
  privacy:
    "Die Benachrichtigung enthält weder Namen noch Telefonnummern noch Nachrichten. Der Push-Dienst Ihres Browsers stellt sie verschlüsselt zu.",
  here: "Dieses Gerät",
  on: "Eingeschaltet",
  off: "Ausgeschaltet",
  turnOn: "Hier einschalten",
  turnOff: "Ausschalten",
  none:
    "Dieser Browser kann bei geschlossenem Arbeitsplatz keine Benachrichtigungen empfangen. Fügen Sie den Arbeitsplatz auf iPhone und iPad zuerst zum Home-Bildschirm hinzu. Die Adresse muss mit https beginnen.",
  framed:
    "Diese Seite ist Teil einer anderen Website. Öffnen Sie den Arbeitsplatz in einem eigenen Tab, um Benachrichtigungen einzuschalten.",
  blocked:
    "Dieser Browser blockiert Benachrichtigungen dieser Website. Klicken Sie auf das Symbol links neben der Adresse, erlauben Sie Benachrichtigungen und laden Sie die Seite neu.",
  devices: "Ihre Geräte",
  noDevices: "Sie haben noch keine Geräte.",
  unnamed: "Browser",
  thisOne: "dieses Gerät",
  since: "Seit {date}",
  sinceLast: "Seit {date}, zuletzt benachrichtigt {last}",
  test: "Testen",
  remove: "Entfernen",
  testLabel: "{device} testen",
  removeLabel: "{device} entfernen",
  notes: {
    sent:
      "Der Test wurde gesendet. Die Benachrichtigung erscheint in wenigen Sekunden.",
    gone:
      "Der Push-Dienst kennt dieses Gerät nicht mehr, deshalb wurde es entfernt. Schalten Sie es auf dem Gerät wieder ein.",
    failed:
      "Die Anfrage ist fehlgeschlagen. Prüfen Sie die Verbindung und versuchen Sie es erneut.",
    "not-accepted":
      "Der Push-Dienst hat den Test nicht angenommen. Fragen Sie einen Administrator, ob der Dienst das Internet erreicht.",
    throttled:
      "Zu viele Tests. Warten Sie eine Minute und versuchen Sie es dann erneut.",
    "too-many":
      "Mehr als 10 Geräte sind nicht möglich. Entfernen Sie zuerst eines.",
    "not-found": "Dieses Gerät wurde bereits entfernt.",
    blocked:
      "Benachrichtigungen wurden nicht erlaubt, deshalb wurde nichts eingeschaltet.",
    "no-service":
      "Dieser Browser konnte seinen Push-Dienst nicht erreichen. In privaten Fenstern und manchen Browsern gibt es keinen.",
  },
};
