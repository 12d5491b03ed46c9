CREATE TYPE minefield;
CREATE TYPE minefield_box;
CREATE TYPE logbook;

