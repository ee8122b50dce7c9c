"""Pure rules of contracts: how periods are counted, notice days, and computed states."""
