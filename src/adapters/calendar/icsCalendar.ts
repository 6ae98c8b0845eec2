/** Calendar files (iCalendar, RFC 5545) that every calendar program reads. */
import { ICalAlarmType, ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Calendar } from '../../domain/ports';

/** Seconds before the start at which the calendar reminds. */
const REMINDER = 3600;

export const icsCalendar: Calendar = {
  // times are instants and stand there in UTC: each calendar shows them where its owner is
  published: ({ uid, sequence, stamp, start, end, title, description }) => {
    const calendar = new ICalCalendar({ method: ICalCalendarMethod.PUBLISH, prodId: '//Casebook//Casebook//EN' });
    const event = calendar.createEvent({
      id: uid,
      sequence,
      stamp: new Date(stamp),
      lastModified: new Date(stamp),
      start: new Date(start),
      end: new Date(end),
      summary: title,
      description,
      status: ICalEventStatus.CONFIRMED,
    });
    event.createAlarm({ type: ICalAlarmType.display, triggerBefore: REMINDER, description: title });
    return calendar.toString();
  },
};
