"""What rosters from files and other systems would change in the register, and its writing, taking back and going on."""
