import MuseShared
