/** Dates and times (manual, Date and Time Functions; its examples in other words). */
import { describe, expect, test } from 'vitest'
import { answersOf } from './answers.ts'

const answer = answersOf(
  'log',
  `CREATE TABLE visit (id int NOT NULL, day date, seen datetime, lasted time, PRIMARY KEY (id));
INSERT INTO visit VALUES (1,'2018-03-10','2018-03-10 10:11:12','25:10:11'),(2,'2020-02-29','2020-02-29 00:00:00','-01:00:00'),(3,NULL,NULL,NULL);`,
)

/** What expressions give, as text. */
const TEXTS: Readonly<Record<string, readonly (readonly [expressions: string, texts: string])[]>> = {
  'reads dates and times in many forms': [
    [
      "DATE('2018-3-5'); DATE('18/03/05'); DATE(20180305); DATE('180305'); DATE('2018-03-05 7:00'); DATE('2018-02-31')",
      '2018-03-05 2018-03-05 2018-03-05 2018-03-05 2018-03-05 NULL',
    ],
    [
      "CAST('10:11' AS TIME); CAST(101112 AS TIME); CAST('1 10:11' AS TIME); CAST('900:00:00' AS TIME); CAST('10:61' AS TIME)",
      '10:11:00 10:11:12 34:11:00 838:59:59 NULL',
    ],
    [
      "YEAR('2018-00-00'); MONTH('2018-00-00'); DAYOFMONTH('2001-11-00'); LAST_DAY('2003-03-32'); YEAR('2018-02-31')",
      '2018 0 0 NULL NULL',
    ],
    [
      "CAST('2018-03-10 10:11:12.6' AS DATETIME); CAST('10:11:12.6' AS TIME); CAST('2018-03-10 10:11:12.25' AS DATETIME(6))",
      '2018-03-10 10:11:13 10:11:13 2018-03-10 10:11:12.250000',
    ],
    ["CAST('2018' AS YEAR); CAST(69 AS YEAR); CAST('70' AS YEAR); CAST(2200 AS YEAR)", '2018 2069 1970 NULL'],
  ],
  'counts weeks in eight modes': [
    ...[0, 1, 2, 3, 4, 5, 6, 7].map(
      (mode) =>
        [
          `WEEK('2018-01-01', ${mode}); WEEK('2016-12-31', ${mode}); WEEK('2021-01-03', ${mode})`,
          ['0 52 1', '1 52 0', '53 52 1', '1 52 53', '1 52 1', '1 52 0', '1 52 1', '1 52 52'][mode] ?? '',
        ] as const,
    ),
    [
      "YEARWEEK('2018-03-10'); YEARWEEK('1987-01-01'); YEARWEEK('2018-12-31', 1); WEEKOFYEAR('2008-02-20')",
      '201809 198652 201901 8',
    ],
  ],
  'writes them in many forms': [
    [
      "DATE_FORMAT('2018-03-10', '%v %x'); DATE_FORMAT('1999-01-01', '%X %V'); DATE_FORMAT('2018-03-10', '%U %u')",
      '10 2018 1998 52 09 10',
    ],
    [
      "DATE_FORMAT('2009-10-04 22:23:00.5', '%W %M %Y %D %y %a %d %m %b %j %e %c %w')",
      'Sunday October 2009 4th 09 Sun 04 10 Oct 277 4 10 0',
    ],
    [
      "DATE_FORMAT('2009-10-04 22:03:04.5', '%H %k %I %l %i %s %f %p %r %T %% %q')",
      '22 22 10 10 03 04 500000 PM 10:03:04 PM 22:03:04 % q',
    ],
    [
      "DATE_FORMAT('2006-06-00', '%d'); DATE_FORMAT('2006-00-00', '%M'); TIME_FORMAT('100:00:00', '%H %k %h %I %l')",
      '00 NULL 100 100 04 04 4',
    ],
    [
      "FROM_UNIXTIME(1447430881); FROM_UNIXTIME(1447430881, '%Y %D'); GET_FORMAT(DATE, 'EUR')",
      '2015-11-13 16:08:01 2015 13th %d.%m.%Y',
    ],
  ],
  'reads them by a format': [
    [
      "STR_TO_DATE('01,5,2013', '%d,%m,%Y'); STR_TO_DATE('May 1, 2013', '%M %d,%Y'); STR_TO_DATE('1st Mar 18', '%D %b %y')",
      '2013-05-01 2013-05-01 2018-03-01',
    ],
    [
      "STR_TO_DATE('a09:30:17', 'a%h:%i:%s'); STR_TO_DATE('a09:30:17', '%h:%i:%s'); STR_TO_DATE('09:30:17a', '%h:%i:%s')",
      '09:30:17 NULL 09:30:17',
    ],
    [
      "STR_TO_DATE('200442 Monday', '%X%V %W'); STR_TO_DATE('2018 070', '%Y %j'); STR_TO_DATE('9', '%m')",
      '2004-10-18 2018-03-11 NULL',
    ],
    [
      "STR_TO_DATE('10:11:12 PM', '%r'); STR_TO_DATE('2018-03-10', '%Y-%m-%d %H:%i'); STR_TO_DATE('2018-13-10', '%Y-%m-%d')",
      '22:11:12 2018-03-10 00:00:00 NULL',
    ],
  ],
  'takes parts': [
    [
      "EXTRACT(YEAR_MONTH FROM '2019-07-02 01:02:03'); EXTRACT(DAY_MINUTE FROM '2019-07-02 01:02:03'); EXTRACT(MICROSECOND FROM '2003-01-02 10:30:00.000123')",
      '201907 20102 123',
    ],
    [
      "EXTRACT(HOUR_SECOND FROM '10:11:12'); EXTRACT(SECOND_MICROSECOND FROM '10:11:12.5'); EXTRACT(HOUR FROM '-10:11'); HOUR('272:59:59'); HOUR('-01:00:00')",
      '101112 12500000 -10 272 1',
    ],
    [
      "TO_DAYS('2007-10-07'); FROM_DAYS(730669); TO_SECONDS('2009-11-29 13:43:32'); TIME_TO_SEC('-01:00:00'); SEC_TO_TIME(-2378)",
      '733321 2000-07-03 63426721412 -3600 -00:39:38',
    ],
    [
      "UNIX_TIMESTAMP('2015-11-13 10:20:19'); UNIX_TIMESTAMP('2015-11-13 10:20:19.012'); UNIX_TIMESTAMP('1960-01-01')",
      '1447410019 1447410019.012 0',
    ],
    [
      'MAKEDATE(2011, 32); MAKEDATE(11, 1); MAKETIME(12, 15, 30); MAKETIME(-5, 1, 2); MAKETIME(1, 60, 1)',
      '2011-02-01 2011-01-01 12:15:30 -05:01:02 NULL',
    ],
    ['PERIOD_ADD(200801, 2); PERIOD_DIFF(200802, 200703); PERIOD_ADD(1812, 3)', '200803 11 201903'],
  ],
  'adds and subtracts': [
    [
      "'2023-05-17' - INTERVAL 2 DAY + 0; MINUTE(DATE_ADD('2020-02-29', INTERVAL 15 YEAR)); ADDTIME(SUBDATE('2020-03-01', 1), '01:30:00')",
      '20230515 0 2020-02-29 01:30:00',
    ],
    [
      "'2018-03-10' + INTERVAL 1 WEEK; INTERVAL 2 QUARTER + '2018-03-10'; DATE_ADD('2023-01-30', INTERVAL 1 MONTH); DATE_ADD('9999-12-31', INTERVAL 1 DAY)",
      '2018-03-17 2018-09-10 2023-02-28 NULL',
    ],
    [
      "DATE_ADD('2100-12-31 23:59:59', INTERVAL '1:1' MINUTE_SECOND); DATE_SUB('2025-01-01 00:00:00', INTERVAL '1 1:1:1' DAY_SECOND)",
      '2101-01-01 00:01:00 2024-12-30 22:58:59',
    ],
    [
      "DATE_ADD('1992-12-31 23:59:59.000002', INTERVAL '1.999999' SECOND_MICROSECOND); DATE_ADD('2024-03-30', INTERVAL '1-1' YEAR_MONTH)",
      '1993-01-01 00:00:01.000001 2025-04-30',
    ],
    [
      "DATE_ADD('2018-03-10', INTERVAL 1.5 DAY); DATE_ADD('2018-03-10', INTERVAL '1.9' DAY); DATE_ADD('2018-03-10', INTERVAL 1 HOUR)",
      '2018-03-12 2018-03-11 2018-03-10 01:00:00',
    ],
    [
      "TIMESTAMPADD(DAY, 1, '2018-03-10'); TIMESTAMPADD(MINUTE, 1, '2003-01-02'); ADDDATE('2008-01-02', 31)",
      '2018-03-11 2003-01-02 00:01:00 2008-02-02',
    ],
    [
      "ADDTIME('2007-12-31 23:59:59.999999', '1 1:1:1.000002'); SUBTIME('01:00:00', '02:00:00'); TIMESTAMP('2003-12-31', '12:00:00')",
      '2008-01-02 01:01:01.000001 -01:00:00 2003-12-31 12:00:00',
    ],
    [
      "TIMEDIFF('10:00:00', '09:30:00'); TIMEDIFF('2008-12-31 23:59:59', '2008-12-30 01:01:01'); TIMEDIFF('10:00', '2008-12-30 01:01:01')",
      '00:30:00 46:58:58 NULL',
    ],
    [
      "TIMESTAMPDIFF(MONTH, '2020-01-31', '2020-02-29'); TIMESTAMPDIFF(MINUTE, '2003-02-01', '2003-05-01 12:05:55'); TIMESTAMPDIFF(YEAR, '2002-05-01', '2001-01-01'); DATEDIFF('2010-11-30 23:59:59', '2010-12-31')",
      '0 128885 -1 -31',
    ],
    [
      "CONVERT_TZ('2004-01-01 12:00:00', '+00:00', '+10:00'); CONVERT_TZ('2004-01-01 12:00:00', 'GMT', 'MET')",
      '2004-01-01 22:00:00 NULL',
    ],
  ],
}

describe.each(Object.entries(TEXTS))('%s', (_name, table) => {
  test.each(table)('%s', (expressions, texts) => {
    const parts = expressions.split('; ').map((each) => `IFNULL(CONCAT(${each}), 'NULL')`)
    expect(answer(`SELECT CONCAT_WS(' ', ${parts.join(', ')})`)).toBe(`[('${texts}',)]`)
  })
})

describe('columns', () => {
  const table: readonly (readonly [sql: string, answer: string])[] = [
    [
      "SELECT day = '2018-03-10', day = 20180310, day > '2018-3-9', seen > day, lasted > '10:00', lasted = '25:10:11' FROM visit WHERE id = 1",
      '[(1, 1, 1, 1, 1, 1)]',
    ],
    ["SELECT id FROM visit WHERE lasted < '-0:30' OR lasted > TIME'9:00'", '[(1,), (2,)]'],
    [
      "SELECT id, day > CONCAT('no', ' date'), day = CONCAT('2018', '-03-10') FROM visit",
      '[(1, 1, 1), (2, 1, 0), (3, None, None)]',
    ],
    ["SELECT id FROM visit WHERE lasted < 'soon'", "Incorrect TIME value: 'soon'"],
    ["SELECT id FROM visit WHERE day = '2018-02-31'", "Incorrect DATE value: '2018-02-31'"],
    ["SELECT id FROM visit WHERE seen > '0000-00-00'", "Incorrect DATETIME value: '0000-00-00'"],
    [
      'SELECT day + 0, seen + 0, lasted + 0 FROM visit WHERE id < 3',
      '[(20180310, 20180310101112, 251011), (20200229, 20200229000000, -10000)]',
    ],
    [
      'SELECT day + INTERVAL 1 HOUR, lasted + INTERVAL 1 HOUR, HOUR(day), HOUR(lasted), IFNULL(day, seen) FROM visit WHERE id = 1',
      '[(datetime.datetime(2018, 3, 10, 1, 0), datetime.timedelta(days=1, seconds=7811), 0, 25, datetime.datetime(2018, 3, 10, 0, 0))]',
    ],
    [
      "SELECT CAST('10:11:12.25' AS TIME(6)), CAST('-0:0:0.5' AS TIME(6)), STR_TO_DATE('04/31/2004', '%m/%d/%Y')",
      '[(datetime.timedelta(seconds=36672, microseconds=250000), datetime.timedelta(days=-1, seconds=86399, microseconds=500000), None)]',
    ],
    ["SELECT TIME'10:61'", "Incorrect TIME value: '10:61'"],
    ['SELECT WEEK()', "Incorrect parameter count in the call to native function 'WEEK'"],
  ]
  test.each(table)('%s', (sql, wanted) => {
    expect(answer(sql)).toBe(wanted)
  })
})
