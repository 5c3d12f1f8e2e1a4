/** A local radio station: presenters, programmes, artists, songs, what was played. */
import { ask, at, between, type Domain, dayAfter, pick, rows, sometimes, table } from './model.ts'

export const radioStation: Domain = {
  name: 'radio_station',
  tables: (random) => [
    table(
      'presenter',
      { presenter_id: 'int', name: 'varchar(30)', hired: 'date', fee_per_show: 'decimal(6,2)' },
      ['presenter_id'],
      {},
      [
        [1, 'Della Marchetti', '2010-03-15', 120],
        [2, 'Gwilym Page', '2015-08-01', 95.5],
        [3, 'Sunniva Brook', '2019-01-07', 80],
        [4, 'Ade Fontaine', '2021-11-22', 72.25],
        [5, 'Roswitha Lane', '2002-06-30', 150],
        [6, 'Zeke Harlow', '2024-02-05', null],
      ],
    ),
    table(
      'programme',
      {
        programme_id: 'int',
        title: 'varchar(40)',
        presenter_id: 'int',
        weekday: 'varchar(12)',
        minutes: 'int',
        listeners: 'int',
      },
      ['programme_id'],
      { presenter_id: 'presenter' },
      [
        [1, 'Breakfast on Air', 1, 'Monday', 180, 21400],
        [2, 'The Slow Hour', 3, 'Sunday', 60, 5300],
        [3, 'Vinyl Attic', 2, 'Friday', 120, 9800],
        [4, 'Lunch Counter', 1, 'Wednesday', 90, 12750],
        [5, 'Night Ferry', 4, 'saturday', 240, 3100],
        [6, 'Kitchen Dance', 5, 'Saturday', 120, 14900],
        [7, 'Letters Read Aloud', 5, 'Sunday ', 45, 6150],
        [8, 'Test Tone', null, 'Tuesday', 15, null],
        [9, 'New Ears', 4, 'Thursday', 75, 4025],
      ],
    ),
    table(
      'artist',
      { artist_id: 'int', name: 'varchar(30)', country: 'varchar(20)', formed: 'int', members: 'int' },
      ['artist_id'],
      {},
      [
        [1, 'The Hollow Kites', 'Scotland', 1994, 4],
        [2, 'Maritime Law', 'Canada', 2008, 5],
        [3, 'Juniper & Ash', 'Ireland', 2015, 2],
        [4, 'Okapi Parade', 'Ghana', 2001, 9],
        [5, 'Silt', 'Scotland', 2019, 3],
        [6, 'Brass Monday', 'canada ', 1987, 11],
        [7, 'Anneke Vos', 'Netherlands', 1979, 1],
        [8, 'Velvet Tractor', 'Ireland', 2011, 4],
        [9, 'Quartz Choir', 'Estonia', 1968, 24],
      ],
    ),
    table(
      'song',
      { song_id: 'int', title: 'varchar(40)', artist_id: 'int', seconds: 'int', genre: 'varchar(12)', released: 'int' },
      ['song_id'],
      { artist_id: 'artist' },
      [
        [1, 'String in the Wind', 1, 214, 'folk', 1996],
        [2, 'Paper Weather', 1, 187, 'folk', 2004],
        [3, 'Salvage Rights', 2, 256, 'rock', 2009],
        [4, 'Lighthouse Keeper', 2, 301, 'rock', 2013],
        [5, 'Juniper Gin', 3, 173, 'folk', 2016],
        [6, 'Ember', 3, 242, 'Folk', 2020],
        [7, 'Highlife Sunday', 4, 388, 'dance', 2003],
        [8, 'Red Dust Road', 4, 345, 'dance', 2010],
        [9, 'Sediment', 5, 129, 'rock', 2021],
        [10, 'Monday Again', 6, 205, 'jazz', 1991],
        [11, 'Tuba Weather', 6, 266, 'jazz', 1998],
        [12, 'Canal Song', 7, 198, 'pop', 1981],
        [13, 'Window Seat', 7, 221, 'pop', 1985],
        [14, 'Diesel Heart', 8, 234, 'rock', 2012],
        [15, "Don't Plough Angry", 8, 162, 'pop', 2018],
        [16, 'White Nights', 9, 512, 'choral', 1974],
        [17, 'Unreleased Demo', 5, null, null, null],
      ],
    ),
    table(
      'play',
      { play_id: 'int', song_id: 'int', programme_id: 'int', played_at: 'datetime', requested: 'varchar(3)' },
      ['play_id'],
      { song_id: 'song', programme_id: 'programme' },
      rows(130, (n) => [
        n,
        between(random, 1, 15),
        pick(random, [1, 1, 1, 2, 3, 3, 4, 5, 5, 6, 6, 9]),
        at(dayAfter('2024-04-01', Math.floor(n / 2)), between(random, 360, 1410)),
        sometimes(random, 0.08, pick(random, ['yes', 'no', 'no'])),
      ]),
    ),
    table('request_line', { caller: 'varchar(30)', song_id: 'int', called_on: 'date' }, [], { song_id: 'song' }, [
      ...rows(40, () => [
        pick(random, ['Edith', 'Norbert', 'Xiu', 'Fergus', 'edith ', 'Pia']),
        sometimes(random, 0.1, between(random, 1, 16)),
        dayAfter('2024-04-01', between(random, 0, 60)),
      ]),
      ['Norbert', 12, '2024-05-04'],
      ['Norbert', 12, '2024-05-04'],
      ['Norbert', 12, '2024-05-04'],
    ]),
  ],
  questions: [
    ask(
      "SELECT title FROM song WHERE genre = '{g}'",
      ['Which songs belong to the genre {g}?', 'List the titles of all {g} songs.'],
      { g: ['folk', 'rock'] },
    ),
    ask(
      "SELECT count(*) FROM artist WHERE country = '{c}'",
      ['How many artists come from {c}?', 'Count the artists whose country is {c}.'],
      { c: ['Canada', 'Ireland'] },
    ),
    ask(
      "SELECT count(*) FROM request_line WHERE caller = '{p}'",
      [
        'How many requests did the caller {p} make on the request line?',
        'Count the entries of the request line with {p} as caller.',
      ],
      { p: ['Edith', 'Norbert'] },
    ),
    ask('SELECT avg(listeners) FROM programme', [
      'What is the average number of listeners of a programme?',
      'How many listeners has a programme on average?',
    ]),
    ask('SELECT title FROM programme WHERE presenter_id IS NULL', [
      'Which programme has no presenter?',
      'Give the title of the programmes without a presenter.',
    ]),
    ask('SELECT count(DISTINCT song_id) FROM play', [
      'How many different songs were played?',
      'Count the distinct songs among the plays.',
    ]),
    ask(
      "SELECT title FROM programme WHERE weekday = '{d}'",
      ['Which programmes are on {d}?', 'Titles of the programmes whose weekday is {d}.'],
      { d: ['Saturday', 'Sunday'] },
    ),
    ask('SELECT name, formed FROM artist ORDER BY formed', [
      'Show artists and the year they formed, earliest first.',
      'List name and formed year of all artists in order of the year.',
    ]),
    ask(
      'SELECT title, seconds FROM song WHERE seconds > {s} ORDER BY seconds DESC',
      [
        'Which songs last longer than {s} seconds? Title and seconds, longest first.',
        'Title and length in seconds of songs over {s} seconds, in descending order.',
      ],
      { s: [250, 300] },
    ),
    ask(
      "SELECT genre, count(*), max(seconds) FROM song WHERE genre IS NOT NULL AND genre <> 'folk' GROUP BY genre ORDER BY genre",
      [
        'For each known genre but folk, alphabetically, how many songs are there and how many seconds is the longest?',
        'Show genre, number of songs and maximum seconds for all genres other than folk that are not missing, by genre.',
      ],
    ),
    ask('SELECT requested, count(*) FROM play WHERE requested IS NOT NULL GROUP BY requested ORDER BY requested', [
      'How many plays were requested and how many were not? Show requested and the number, "no" before "yes", leaving out missing ones.',
      'Count plays by requested (skip NULL), sorted by requested.',
    ]),
    ask(
      'SELECT title FROM programme ORDER BY listeners DESC LIMIT {n}',
      [
        'What are the {n} most popular programmes by listeners, best first?',
        'Titles of the {n} programmes with the most listeners, in descending order.',
      ],
      { n: [3, 2] },
    ),
    ask(
      'SELECT title FROM song WHERE released BETWEEN {a} AND {b} ORDER BY released',
      [
        'Which songs were released between {a} and {b}? Oldest first.',
        'Song titles released from {a} to {b}, in order of release.',
      ],
      { a: [1980, 2009], b: [1999, 2016] },
    ),
    ask(
      'SELECT name FROM artist WHERE members > {m} AND formed < {y}',
      [
        'Which artists have more than {m} members and formed before {y}?',
        'Name artists formed earlier than {y} with over {m} members.',
      ],
      { m: [3, 5], y: [2000, 2005] },
    ),
    ask(
      "SELECT T1.title FROM song AS T1 JOIN artist AS T2 ON T1.artist_id = T2.artist_id WHERE T2.name = '{a}'",
      ['Which songs are by {a}?', 'Show the song titles of the artist {a}.'],
      { a: ['Okapi Parade', 'Velvet Tractor'] },
    ),
    ask(
      'SELECT T1.title, T2.name FROM programme AS T1 JOIN presenter AS T2 ON T1.presenter_id = T2.presenter_id ORDER BY T1.title',
      [
        'Who presents which programme? Title and presenter name, by title.',
        'List each presented programme with its presenter, alphabetically by programme title.',
      ],
    ),
    ask(
      "SELECT count(*) FROM play AS T1 JOIN song AS T2 ON T1.song_id = T2.song_id WHERE T2.title = '{s}'",
      ['How many times was {s} played?', 'Count the plays of the song {s}.'],
      { s: ['Ember', 'Canal Song'] },
    ),
    ask(
      'SELECT T2.name, count(*) FROM song AS T1 JOIN artist AS T2 ON T1.artist_id = T2.artist_id GROUP BY T2.name ORDER BY T2.name',
      ['How many songs has each artist? Sort by artist name.', 'Artist names from A to Z with their number of songs.'],
    ),
    ask('SELECT title FROM song WHERE song_id NOT IN (SELECT song_id FROM play)', [
      'Which songs were never played?',
      'Find titles of songs without a single play.',
    ]),
    ask(
      'SELECT name FROM presenter WHERE presenter_id NOT IN (SELECT presenter_id FROM programme WHERE presenter_id IS NOT NULL)',
      ['Which presenter has no programme?', 'Name the presenters who present nothing.'],
    ),
    ask('SELECT title FROM song WHERE seconds < (SELECT avg(seconds) FROM song)', [
      'Which songs are shorter than the average song?',
      'Titles of the songs whose seconds are below average.',
    ]),
    ask(
      'SELECT T3.name FROM play AS T1 JOIN song AS T2 ON T1.song_id = T2.song_id JOIN artist AS T3 ON T2.artist_id = T3.artist_id GROUP BY T3.name ORDER BY count(*) DESC LIMIT 1',
      ['Which artist was played most often?', 'Name the artist with the most plays.'],
    ),
    ask(
      "SELECT DISTINCT T2.title FROM play AS T1 JOIN song AS T2 ON T1.song_id = T2.song_id JOIN programme AS T3 ON T1.programme_id = T3.programme_id WHERE T3.title = '{p}' ORDER BY T2.title",
      [
        'Which songs were played on {p}? Each once, alphabetically.',
        'Distinct song titles, A to Z, played in the programme {p}.',
      ],
      { p: ['Vinyl Attic', 'The Slow Hour'] },
    ),
    ask(
      "SELECT T2.title, count(*) FROM play AS T1 JOIN programme AS T2 ON T1.programme_id = T2.programme_id WHERE T1.requested = 'yes' GROUP BY T2.title ORDER BY T2.title",
      [
        'How many requested songs did each programme play? Order by programme title.',
        'Per programme title, alphabetically, count the plays with requested yes.',
      ],
    ),
    ask(
      'SELECT T2.title, count(*) FROM play AS T1 JOIN song AS T2 ON T1.song_id = T2.song_id GROUP BY T2.title HAVING count(*) >= {n} ORDER BY T2.title',
      [
        'Which songs were played at least {n} times, and how often? By title.',
        'Song title and number of plays for songs with {n} or more plays, sorted by title.',
      ],
      { n: [10, 11] },
    ),
    ask(
      "SELECT name FROM artist WHERE country = 'Scotland' EXCEPT SELECT T1.name FROM artist AS T1 JOIN song AS T2 ON T1.artist_id = T2.artist_id WHERE T2.genre = 'folk'",
      ['Which artists from Scotland have no folk song?'],
    ),
  ],
}
