/** A chess club: players, tournaments, entries, games. */
import { ask, between, type Domain, dayAfter, pairs, pick, rows, sometimes, table } from './model.ts'

export const chessClub: Domain = {
  name: 'chess_club',
  tables: (random) => [
    table(
      'player',
      {
        player_id: 'int',
        first_name: 'varchar(20)',
        last_name: 'varchar(20)',
        rating: 'int',
        birth_year: 'int',
        town: 'varchar(20)',
      },
      ['player_id'],
      {},
      [
        [1, 'Agnes', 'Thorold', 2110, 1969, 'Brackwell'],
        [2, 'Dmitar', 'Kole', 2245, 1988, 'Sutton Mere'],
        [3, 'Lio', 'Abara', 1780, 2004, 'Brackwell'],
        [4, 'Henrike', 'Stout', 1955, 1975, 'Brackwell'],
        [5, 'Pavel', 'Orsini', 1690, 1952, 'Fenby'],
        [6, 'Yusra', 'Hallam', 2305, 1995, 'Sutton Mere'],
        [7, 'Colm', 'Thorold', 1540, 2008, 'Brackwell'],
        [8, 'Beatrix', 'Lund', 2020, 1981, 'Fenby'],
        [9, 'Sanjay', 'Prewitt', 1865, 1999, 'Ostrey'],
        [10, 'Marta', 'Quill', 1425, 2010, 'Ostrey'],
        [11, 'Emeric', 'Vane', 1910, 1963, 'Sutton Mere'],
        [12, 'Tove', 'Abara', null, 2012, 'Brackwell'],
      ],
    ),
    table(
      'tournament',
      { tournament_id: 'int', title: 'varchar(40)', held_on: 'date', venue: 'varchar(30)', prize: 'decimal(7,2)' },
      ['tournament_id'],
      {},
      [
        [1, 'Frost Cup', '2021-01-16', 'Corn Hall', 250],
        [2, 'Lilac Open', '2021-05-08', 'Town Library', 400],
        [3, 'Midsummer Blitz', '2021-06-21', 'Mill Garden', 120.5],
        [4, 'Harvest Masters', '2022-09-24', 'Corn Hall', 900],
        [5, 'Frost Cup', '2022-01-15', 'corn hall', 275],
        [6, 'Lantern Rapid', '2022-11-12', 'Mill Garden', null],
        [7, 'Lilac Open', '2023-05-13', 'Town Library', 450],
        [8, 'Paper Crown', '2023-12-27', 'Town Library', 60.75],
      ],
    ),
    table(
      'entry',
      { player_id: 'int', tournament_id: 'int', points: 'decimal(3,1)' },
      ['player_id', 'tournament_id'],
      { player_id: 'player', tournament_id: 'tournament' },
      pairs(random, 48, 11, 7).map(([player, tournament]) => [player, tournament, between(random, 0, 14) / 2]),
    ),
    table(
      'game',
      {
        game_id: 'int',
        tournament_id: 'int',
        white_id: 'int',
        black_id: 'int',
        moves: 'int',
        result: 'varchar(10)',
        opening: 'varchar(30)',
        played_on: 'date',
      },
      ['game_id'],
      { tournament_id: 'tournament', white_id: 'player', black_id: 'player' },
      rows(110, (n) => {
        const white = between(random, 1, 10)
        return [
          n,
          sometimes(random, 0.2, between(random, 1, 7)),
          white,
          ((white - 1 + between(random, 1, 9)) % 10) + 1,
          between(random, 12, 96),
          pick(random, ['1-0', '1-0', '0-1', '1/2-1/2']),
          pick(random, ['Sicilian', 'Queen Pawn', 'French', 'English', 'Caro-Kann', 'Ruy Lopez']),
          dayAfter('2021-01-10', n * 9),
        ]
      }),
    ),
    table('trophy', { tournament_id: 'int', description: 'text' }, [], { tournament_id: 'tournament' }, []),
  ],
  questions: [
    ask(
      "SELECT first_name, last_name FROM player WHERE town = '{town}'",
      [
        'Give first and last names of the players from {town}.',
        'Which players live in {town}? Show first name and last name.',
      ],
      { town: ['Brackwell', 'Fenby'] },
    ),
    ask(
      'SELECT count(*) FROM player WHERE rating >= {r}',
      ['How many players have a rating of at least {r}?', 'Count players rated {r} or more.'],
      { r: [2000, 1900] },
    ),
    ask('SELECT avg(rating) FROM player', [
      'What is the average rating of the players?',
      'Compute the mean player rating.',
    ]),
    ask('SELECT count(DISTINCT opening) FROM game', [
      'How many different openings were played?',
      'Count the distinct openings in the games.',
    ]),
    ask(
      "SELECT title FROM tournament WHERE held_on > '{d}'",
      ['Which tournaments were held after {d}?', 'Titles of the tournaments held on a date later than {d}.'],
      { d: ['2022-06-30', '2022-12-31'] },
    ),
    ask(
      "SELECT count(*) FROM game WHERE result = '{r}'",
      ['How many games ended {r}?', 'Count the games with the result {r}.'],
      { r: ['0-1', '1/2-1/2'] },
    ),
    ask(
      'SELECT title, prize FROM tournament WHERE prize IS NOT NULL ORDER BY prize DESC LIMIT {n}',
      [
        'Show title and prize of the {n} tournaments with the largest prize, largest first.',
        'Which {n} tournaments pay most? List title and prize in descending order of prize.',
      ],
      { n: [3, 2] },
    ),
    ask('SELECT town, count(*), avg(rating) FROM player GROUP BY town ORDER BY town', [
      'For each town, alphabetically, how many players are there and what is their average rating?',
      'Show town, number of players and mean rating, ordered by town.',
    ]),
    ask('SELECT opening, avg(moves) FROM game GROUP BY opening ORDER BY opening', [
      'What is the average number of moves for each opening? Sort by opening.',
      'List the openings from A to Z with the mean number of moves.',
    ]),
    ask(
      "SELECT count(*) FROM game WHERE opening = '{o}' AND result = '1-0'",
      ['How many {o} games ended 1-0?', 'Count the games with opening {o} and result 1-0.'],
      { o: ['Sicilian', 'French'] },
    ),
    ask('SELECT last_name FROM player GROUP BY last_name HAVING count(*) > 1 ORDER BY last_name', [
      'Which last names are shared by more than one player? In alphabetical order.',
      'Find, from A to Z, last names that occur more than once among the players.',
    ]),
    ask('SELECT DISTINCT title FROM tournament ORDER BY title', [
      'List the distinct tournament titles alphabetically.',
      'What different titles do tournaments have? Sort them from A to Z.',
    ]),
    ask(
      'SELECT first_name, birth_year FROM player WHERE birth_year BETWEEN {a} AND {b} ORDER BY birth_year',
      [
        'First name and birth year of players born between {a} and {b}, oldest first.',
        'Which players were born from {a} to {b}? Give first name and birth year in order of the year.',
      ],
      { a: [1980, 1960], b: [2000, 1990] },
    ),
    ask(
      'SELECT T1.title, count(*) FROM tournament AS T1 JOIN entry AS T2 ON T1.tournament_id = T2.tournament_id GROUP BY T1.tournament_id, T1.title ORDER BY T1.tournament_id',
      [
        'How many entries did each tournament have? Show titles in order of tournament id.',
        'Per tournament (sorted by its id) give the title and the number of entries.',
      ],
    ),
    ask(
      "SELECT T1.first_name, T2.points FROM player AS T1 JOIN entry AS T2 ON T1.player_id = T2.player_id JOIN tournament AS T3 ON T2.tournament_id = T3.tournament_id WHERE T3.title = '{t}' ORDER BY T1.first_name",
      [
        'Who entered the {t} and with how many points? First names in alphabetical order.',
        'Show first name and points of each entry in {t}, sorted by first name.',
      ],
      { t: ['Harvest Masters', 'Midsummer Blitz'] },
    ),
    ask(
      'SELECT T1.last_name, T1.first_name FROM player AS T1 JOIN entry AS T2 ON T1.player_id = T2.player_id GROUP BY T1.player_id, T1.last_name, T1.first_name ORDER BY sum(T2.points) DESC LIMIT 1',
      [
        'Which player scored the most points over all tournaments? Give last name, then first name.',
        'Find last and first name of the player with the highest total of points.',
      ],
    ),
    ask('SELECT first_name FROM player WHERE player_id NOT IN (SELECT player_id FROM entry)', [
      'Which players never entered a tournament? Give first names.',
      'First name of each player without an entry.',
    ]),
    ask('SELECT first_name, last_name FROM player WHERE rating = (SELECT max(rating) FROM player)', [
      'Who has the highest rating? Give first and last name.',
      'First and last name of the top rated player, please.',
    ]),
    ask(
      'SELECT T2.first_name, count(*) FROM game AS T1 JOIN player AS T2 ON T1.white_id = T2.player_id GROUP BY T2.first_name HAVING count(*) > {n} ORDER BY T2.first_name',
      [
        'Which players had white in more than {n} games? First names alphabetically, with the number.',
        'Show first name and number of games as white for those with over {n} such games, by first name.',
      ],
      { n: [10, 12] },
    ),
    ask(
      "SELECT T2.last_name, T3.last_name, T1.moves FROM game AS T1 JOIN player AS T2 ON T1.white_id = T2.player_id JOIN player AS T3 ON T1.black_id = T3.player_id WHERE T1.opening = '{o}' ORDER BY T1.moves DESC LIMIT 1",
      [
        'In the longest {o} game, who played white and who black, and how many moves was it? Last names, please.',
        'Give the last name of white, the last name of black and the number of moves of the {o} game with the most moves.',
      ],
      { o: ['Ruy Lopez', 'English'] },
    ),
    ask(
      "SELECT opening FROM game WHERE moves > {m} AND result = '1/2-1/2' EXCEPT SELECT opening FROM game WHERE moves < {l} ORDER BY opening",
      [
        'Which openings had a drawn game (1/2-1/2) of over {m} moves but no game under {l} moves? Alphabetically, please.',
      ],
      { m: [60], l: [14] },
    ),
    ask('SELECT count(*) FROM game WHERE tournament_id IS NULL', [
      'How many games were played outside any tournament?',
      'Count the games without a tournament.',
    ]),
    ask(
      "SELECT count(*) FROM game WHERE white_id IN (SELECT player_id FROM player WHERE town = '{town}')",
      ['In how many games did someone from {town} play white?', 'Count games whose white player lives in {town}.'],
      { town: ['Ostrey', 'Sutton Mere'] },
    ),
    ask(
      'SELECT name FROM (SELECT T1.first_name AS name, count(*) AS n FROM player AS T1 JOIN game AS T2 ON T1.player_id = T2.black_id GROUP BY T1.first_name) AS blacks WHERE n >= {n} ORDER BY name',
      ['Which players (first names, A to Z) had black at least {n} times?'],
      { n: [11] },
    ),
  ],
}
