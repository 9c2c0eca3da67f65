import type { AdminTexts } from "../texts.ts";

export const people: AdminTexts["people"] = {
  title: "Personen",
  lead:
    "Wer diesen Dienst verwaltet und wer Besuchern am Arbeitsplatz im Browser antwortet.",
  add: "Person hinzufügen",
  addTitle: "Person hinzufügen",
  editTitle: "{name} bearbeiten",
  editLabel: "{name} bearbeiten",
  deleteLabel: "{name} löschen",
  you: "Sie",
  admin: "Administrator",
  adminHint: "Verwaltet Widgets und Personen.",
  agent: "Ansprechpartner",
  agentHint: "Wird von Besuchern erreicht, am Arbeitsplatz im Browser.",
  roles: "Rollen",
  person: "Person",
  signInName: "Anmeldename",
  signInNameHint:
    "Für die Anmeldung. Unter diesem Namen steht ein Ansprechpartner in einem Widget.",
  renameWarning:
    "Widgets führen diesen Ansprechpartner unter dem alten Namen. Ändern Sie ihn auch dort, sonst erreichen Besucher diese Person nicht mehr.",
  displayName: "Name",
  displayNameHint: "Das lesen Kollegen.",
  password: "Passwort",
  newPassword: "Neues Passwort",
  newPasswordHint:
    "Leer lassen, um es zu behalten. Ein neues meldet diese Person überall ab, und bei der nächsten Anmeldung muss sie es ersetzen.",
  ownPassword: "Ihr eigenes Passwort ändern Sie in Ihrem Konto.",
  toOwnAccount: "Ihr Konto",
  mustChangePassword: "Ohne eigenes Passwort",
  passwordHint:
    "Mindestens {min} Zeichen. Teilen Sie es der Person sicher mit: Bei der ersten Anmeldung muss sie es ersetzen.",
  generate: "Ausdenken lassen",
  copyPassword: "Passwort kopieren",
  handover:
    "Das neue Passwort von {name}. Geben Sie es sicher weiter: Wenn Sie das hier schließen, wird es nicht mehr angezeigt.",
  handoverLabel: "Passwort von {name}",
  showPassword: "Passwort zeigen",
  hidePassword: "Passwort verbergen",
  viaPbx: "Meldet sich mit myApps an, über die PBX",
  noAccess: "Kein Zugang",
  pbxNameHint: "So heißt der Benutzer auf der PBX.",
  pbxRolesHint:
    "Meldet sich mit myApps an und hat hier kein Passwort. Ohne Rolle bleibt diese Person draußen.",
  since: "Seit {date}",
  addConfirm: "Person hinzufügen",
  addedToast: "{name} kann sich jetzt anmelden.",
  savedToast: "{name} ist gespeichert.",
  deletedToast: "{name} ist gelöscht.",
  deleteTitle: "{name} löschen?",
  deleteText:
    "Das Konto ist sofort weg, seine Sitzungen enden. Widgets mit diesem Ansprechpartner behalten die Karte, und sie ist nie erreichbar.",
  deleteSelf: "Das ist Ihr eigenes Konto: Sie werden abgemeldet.",
  deletePbx:
    "Solange die App diesem Benutzer auf der PBX zugewiesen ist, legt das nächste Öffnen in myApps das Konto wieder an, als Administrator. Um jemanden fernzuhalten, nehmen Sie ihm stattdessen die Rollen.",
  deleteConfirm: "Konto löschen",
  lastAdmin:
    "{name} ist der einzige Administrator. Machen Sie zuerst jemand anderen zum Administrator: Sonst könnte niemand mehr diesen Dienst verwalten.",
};
