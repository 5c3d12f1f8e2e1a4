/** A film festival: directors, films, venues, screenings, the jury. */
import { ask, at, between, type Domain, dayAfter, pairs, pick, rows, sometimes, table } from './model.ts'

export const filmFestival: Domain = {
  name: 'film_festival',
  tables: (random) => [
    table(
      'director',
      { director_id: 'int', name: 'varchar(40)', country: 'varchar(20)', born: 'int' },
      ['director_id'],
      {},
      [
        [1, 'Amaya Rourke', 'Ireland', 1971],
        [2, 'Stellan Ober', 'Norway', 1958],
        [3, 'Padma Kessler', 'India', 1984],
        [4, 'Luc Brandt', 'Belgium', 1966],
        [5, 'Iris Okafor', 'Nigeria', 1990],
        [6, 'Matti Lahde', 'Finland', 1949],
        [7, 'Rosalind Tey', 'Ireland', 1979],
        [8, 'Juno Arce', 'Chile', 1995],
        [9, 'Viktor Sallow', 'norway ', 1988],
      ],
    ),
    table(
      'film',
      {
        film_id: 'int',
        title: 'varchar(50)',
        director_id: 'int',
        genre: 'varchar(20)',
        release_year: 'int',
        runtime_min: 'int',
        budget: 'decimal(12,2)',
      },
      ['film_id'],
      { director_id: 'director' },
      [
        [1, 'The Salt Clock', 1, 'drama', 2018, 112, 2400000],
        [2, 'Nine Umbrellas', 1, 'comedy', 2021, 96, 1850000.5],
        [3, 'Under the Ice Road', 2, 'documentary', 2016, 84, 320000],
        [4, 'A Ladder for Crows', 2, 'drama', 2022, 131, 2950000],
        [5, 'Paper Monsoon', 3, 'drama', 2020, 118, 780000],
        [6, "The Cartographer's Dog", 4, 'comedy', 2019, 101, 1300000],
        [7, 'Slow Freight', 4, 'Documentary', 2023, 77, null],
        [8, 'Market Day', 5, 'comedy', 2023, 89, 410000],
        [9, 'Winter Accounts', 6, 'thriller', 2015, 104, 990000],
        [10, 'The Last Tollgate', 6, 'thriller', 2017, 109, 1120000],
        [11, 'Glass Orchard', 7, 'animation', 2022, 71, 3600000],
        [12, 'Tin Constellations', 7, 'animation', 2019, 79, 2750000],
        [13, 'No Signal', 9, 'thriller', 2023, 93, 640000],
        [14, 'Untitled Harbour Film', null, 'short', 2023, 12, null],
      ],
    ),
    table('venue', { venue_id: 'int', name: 'varchar(30)', seats: 'int', open_air: 'varchar(3)' }, ['venue_id'], {}, [
      [1, 'Rex Palace', 420, 'no'],
      [2, 'Little Rex', 95, 'no'],
      [3, 'Harbour Wall', 600, 'yes'],
      [4, 'School Gym', 180, 'no'],
      [5, 'Rooftop Nine', 70, 'yes'],
    ]),
    table(
      'screening',
      {
        screening_id: 'int',
        film_id: 'int',
        venue_id: 'int',
        starts_at: 'datetime',
        tickets_sold: 'int',
        ticket_price: 'decimal(5,2)',
      },
      ['screening_id'],
      { film_id: 'film', venue_id: 'venue' },
      rows(64, (n) => {
        const venue = between(random, 1, 4)
        const seats = [420, 95, 600, 180][venue - 1] ?? 95
        const sold = between(random, Math.floor(seats / 6), seats)
        return [
          n,
          between(random, 1, 13),
          venue,
          at(dayAfter('2024-08-16', Math.floor(n / 7)), 600 + between(random, 0, 50) * 15),
          sometimes(random, 0.06, sold),
          pick(random, [6.5, 8, 9.5, 12]),
        ]
      }),
    ),
    table('juror', { juror_id: 'int', name: 'varchar(30)', profession: 'varchar(20)' }, ['juror_id'], {}, [
      [1, 'Constance Ayle', 'critic'],
      [2, 'Birger Nunn', 'composer'],
      [3, 'Talia Frost', 'critic'],
      [4, 'Omar Deakin', 'editor'],
      [5, 'Lise Varga', 'Critic'],
      [6, 'Hamish Poole', 'actor'],
    ]),
    table(
      'vote',
      { juror_id: 'int', film_id: 'int', score: 'int' },
      ['juror_id', 'film_id'],
      { juror_id: 'juror', film_id: 'film' },
      pairs(random, 46, 5, 13).map(([juror, film]) => [juror, film, between(random, 1, 10)]),
    ),
  ],
  questions: [
    ask(
      "SELECT title FROM film WHERE genre = '{g}'",
      ['Which films are in the genre {g}?', 'List the titles of every {g} film.'],
      { g: ['comedy', 'documentary'] },
    ),
    ask(
      "SELECT count(*) FROM director WHERE country = '{c}'",
      ['How many directors are from {c}?', 'Count the directors whose country is {c}.'],
      { c: ['Norway', 'Ireland'] },
    ),
    ask('SELECT avg(runtime_min) FROM film', [
      'What is the average runtime of the films in minutes?',
      'How long is a film on average?',
    ]),
    ask("SELECT name FROM venue WHERE open_air = 'yes'", ['Which venues are open air?', 'Name the open air venues.']),
    ask('SELECT title FROM film WHERE budget IS NULL', [
      'For which films is no budget known?',
      'Titles of the films without a budget, please.',
    ]),
    ask('SELECT sum(seats) FROM venue', [
      'How many seats do all venues have together?',
      'Give the total number of seats over the venues.',
    ]),
    ask(
      'SELECT title FROM film WHERE release_year > {y} AND runtime_min < {m}',
      [
        'Which films released after {y} run for less than {m} minutes?',
        'Find titles of films later than {y} with a runtime under {m} minutes.',
      ],
      { y: [2020, 2018], m: [90, 80] },
    ),
    ask(
      'SELECT title, budget FROM film WHERE budget IS NOT NULL ORDER BY budget DESC LIMIT {n}',
      [
        'What are the {n} films with the highest budget? Show title and budget, highest first.',
        'Title and budget of the {n} most expensive films, in descending order of budget.',
      ],
      { n: [3, 4] },
    ),
    ask('SELECT release_year, count(*) FROM film GROUP BY release_year ORDER BY release_year', [
      'How many films were released in each year? Earliest year first.',
      'Per release year, in order, count the films.',
    ]),
    ask("SELECT title FROM film WHERE title LIKE 'The %' ORDER BY title", [
      'Which film titles start with "The "? Sort them alphabetically.',
      'List from A to Z the titles beginning with the word The.',
    ]),
    ask('SELECT ticket_price, count(*) FROM screening GROUP BY ticket_price ORDER BY ticket_price', [
      'For each ticket price, lowest first, how many screenings are there?',
      'Count the screenings at each ticket price, in increasing order of price.',
    ]),
    ask(
      "SELECT T1.title FROM film AS T1 JOIN director AS T2 ON T1.director_id = T2.director_id WHERE T2.name = '{d}'",
      ['Which films did {d} direct?', 'Give the titles of the films by the director {d}.'],
      { d: ['Amaya Rourke', 'Rosalind Tey'] },
    ),
    ask(
      "SELECT T1.starts_at FROM screening AS T1 JOIN film AS T2 ON T1.film_id = T2.film_id WHERE T2.title = '{f}' ORDER BY T1.starts_at",
      [
        'When is {f} screened? Earliest start first.',
        'List the starting times of all screenings of {f} in order of time.',
      ],
      { f: ['Paper Monsoon', 'No Signal'] },
    ),
    ask(
      "SELECT T2.name, T1.title FROM film AS T1 JOIN director AS T2 ON T1.director_id = T2.director_id WHERE T1.genre = '{g}' ORDER BY T1.title",
      [
        'Show director and title of each {g} film, sorted by title.',
        'For the genre {g}, list the name of the director and the film title, by title.',
      ],
      { g: ['thriller', 'drama'] },
    ),
    ask(
      'SELECT T2.name, sum(T1.tickets_sold) FROM screening AS T1 JOIN venue AS T2 ON T1.venue_id = T2.venue_id GROUP BY T2.name ORDER BY sum(T1.tickets_sold) DESC',
      [
        'How many tickets were sold at each venue? Highest total first.',
        'Per venue with screenings show name and total tickets sold, descending.',
      ],
    ),
    ask(
      'SELECT name FROM director WHERE director_id NOT IN (SELECT director_id FROM film WHERE director_id IS NOT NULL)',
      ['Which director has no film in the festival?', 'Find the names of directors who directed none of the films.'],
    ),
    ask('SELECT name FROM venue WHERE venue_id NOT IN (SELECT venue_id FROM screening)', [
      'Which venue is never used for a screening?',
      'Name the venues without any screening.',
    ]),
    ask('SELECT title FROM film WHERE runtime_min = (SELECT min(runtime_min) FROM film)', [
      'What is the title of the shortest film?',
      'Which film has the minimum runtime?',
    ]),
    ask(
      'SELECT title FROM film WHERE film_id IN (SELECT film_id FROM vote WHERE score = {s})',
      ['Which films got a score of {s} from at least one juror?', 'Titles of films with a vote of score {s}.'],
      { s: [10, 1] },
    ),
    ask(
      'SELECT T1.title FROM film AS T1 JOIN vote AS T2 ON T1.film_id = T2.film_id GROUP BY T1.title ORDER BY sum(T2.score) DESC LIMIT 1',
      [
        'Which film collected the highest sum of scores from the jury?',
        'Find the title of the film with the greatest total score.',
      ],
    ),
    ask(
      "SELECT DISTINCT T1.name FROM director AS T1 JOIN film AS T2 ON T1.director_id = T2.director_id JOIN screening AS T3 ON T2.film_id = T3.film_id JOIN venue AS T4 ON T3.venue_id = T4.venue_id WHERE T4.name = '{v}' ORDER BY T1.name",
      [
        'Which directors had a film screened at {v}? Each once, alphabetically.',
        'Distinct names of the directors whose films run at {v}, in alphabetical order.',
      ],
      { v: ['Little Rex', 'School Gym'] },
    ),
    ask(
      "SELECT T2.name, avg(T1.score) FROM vote AS T1 JOIN juror AS T2 ON T1.juror_id = T2.juror_id WHERE T2.profession = 'critic' GROUP BY T2.name ORDER BY T2.name",
      [
        'What average score does each critic on the jury give? Sort by juror name.',
        'For jurors whose profession is critic show name and mean score, by name.',
      ],
    ),
    ask(
      'SELECT T2.title, count(*) FROM screening AS T1 JOIN film AS T2 ON T1.film_id = T2.film_id GROUP BY T2.title HAVING count(*) >= {n} ORDER BY T2.title',
      [
        'Which films have at least {n} screenings, and how many? Order by title.',
        'Show title and number of screenings of the films screened {n} times or more, by title.',
      ],
      { n: [6, 5] },
    ),
    ask(
      "SELECT country FROM director WHERE born < 1960 EXCEPT SELECT T1.country FROM director AS T1 JOIN film AS T2 ON T1.director_id = T2.director_id WHERE T2.genre = 'drama'",
      ['Which countries have a director born before 1960 but no director of a drama?'],
    ),
  ],
}
