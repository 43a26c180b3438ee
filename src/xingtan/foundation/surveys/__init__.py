"""Surveys: questions asked of people before, during and after; answers counted without names."""
