/** Opening hours of a widget, and of an agent. */
export const hours = {
  limit: "Limit to opening hours",
  limitHint:
    "Outside these hours nobody is called or written to, and visitors see when you are back. Without them, only the presence of the agents counts.",
  own: "Own opening hours",
  ownHint:
    "They replace those of the widget. The widget's exceptions apply too, unless there is one here for the same day.",
  openNow: "Open now, until {time}",
  closedNow: "Closed now, until {time}",
  alwaysOpen: "Always open",
  neverOpen: "Never open",
  timeZone: "Time zone",
  timeZoneHint:
    "All times below are in this time zone. Visitors see theirs instead.",
  week: "Week",
  presets: "Fill the week",
  preset: {
    office: "Monday to Friday, 9 to 17",
    always: "Around the clock",
  },
  closed: "Closed",
  addTime: "Add time",
  addTimeLabel: "Add time: {name}",
  removeTime: "Remove time {place}: {name}",
  fromLabel: "{name}, time {place}, from",
  toLabel: "{name}, time {place}, to",
  nextDay: "ends the next day",
  wholeDay: "24 hours",
  copyDay: "Copy {name} to other days",
  copyDayTo: "Copy {name} to",
  copy: "Copy",
  exceptions: "Exceptions and holidays",
  exceptionsHint:
    "On these days their times count instead of those of the week. If several include a day, one with a year takes precedence over a yearly one, otherwise the first one counts.",
  exceptionNumber: "Exception {place}",
  exceptionName: "Name",
  exceptionPlaceholder: "New Year's Day",
  firstDay: "First day",
  lastDay: "Last day",
  exceptionKind: "Times",
  otherHours: "Other times",
  yearly: "Every year",
  everyYear: "every year on {date}",
  addException: "Add exception",
  removeException: "Remove {name}",
  full: "The limit of {max} exceptions is reached.",
  importFile: "Import calendar file",
  importTitle: "Import calendar file",
  importLead:
    "You will be closed on the selected days. You can change each of them afterwards.",
  importNothing: "This file has no whole days that are still to come.",
  importTimed: {
    one: "{count} event with a time of day is left out.",
    other: "{count} events with a time of day are left out.",
  },
  importPast: {
    one: "{count} event in the past is left out.",
    other: "{count} events in the past are left out.",
  },
  importUnread: {
    one:
      "{count} event is left out because it was cancelled, cannot be read or repeats too often.",
    other:
      "{count} events are left out because they were cancelled, cannot be read or repeat too often.",
  },
  importTooMany: "There is only room for {max} more. Deselect some.",
  importTake: {
    one: "Add {count} exception",
    other: "Add {count} exceptions",
  },
  importFailed: {
    unreadable: "This is not a calendar file (.ics) that can be read.",
    "too-big": "This file is too big. At most 1 MB.",
    "too-many": "This file has too many events. At most 2,000.",
  },
};
