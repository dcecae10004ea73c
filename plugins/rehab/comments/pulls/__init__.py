"""Exports of form services → what readers sent, with a total that equals what is in the export.

records     a file, CSV or JSON, as tables of texts; bounded, for an export is hostile
fields      one table → an `Arrival`: our form's fields under the names that services and people give them

All of it is pure; `rehab comments pull` reads the file and writes what may wait in the inbox.
"""
