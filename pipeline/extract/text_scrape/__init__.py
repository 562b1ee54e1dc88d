"""placeholder"""
from pipeline.extract.given import read_given as read_scrape
