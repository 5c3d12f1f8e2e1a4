/** A small made-up server, and what it answers, printed as Python would. */
import { answersOf } from './answers.ts'

export const answer = answersOf(
  'orchard',
  `CREATE TABLE grower (id int NOT NULL, name varchar(10) NOT NULL, town varchar(20) DEFAULT NULL, since date DEFAULT NULL, PRIMARY KEY (id));
INSERT INTO grower VALUES (1,'Ana','Ypres','2001-05-06'),(2,'ben','Genk',NULL),(3,'Cleo','ypres','2010-01-31');
CREATE TABLE tree (no int NOT NULL AUTO_INCREMENT, grower_id int DEFAULT NULL, kind varchar(8) NOT NULL DEFAULT 'apple', height decimal(4,1) DEFAULT NULL, age tinyint DEFAULT NULL, PRIMARY KEY (no), KEY by_grower (grower_id));
INSERT INTO tree VALUES (1,1,'apple',3.5,4),(2,1,'pear',2.0,9),(3,2,'apple',4.0,4),(4,2,'apple',NULL,12),(5,NULL,'plum',1.5,2);
CREATE TABLE empty_shed (id int, label varchar(5));`,
)
