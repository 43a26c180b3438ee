"""A roster's way into the register: columns, cells, rows, plan, writing, and the workbook to mend."""
